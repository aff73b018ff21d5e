package wsapi

import (
	"embed"
	"net/http"
	"strings"
)

//go:embed dashboard
var dashboardFiles embed.FS

// serveDashboard serves the page at / and its files under /dashboard/. They are
// part of the binary, load nothing from elsewhere, and talk to the WebSocket
// they came from.
func serveDashboard(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/dashboard/")
	if r.URL.Path == "/" {
		name = "index.html"
	}
	h := w.Header()
	h.Set("Content-Security-Policy",
		"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache")
	http.ServeFileFS(w, r, dashboardFiles, "dashboard/"+name) //nolint:gosec // an embedded file system has nothing else, and ServeFileFS refuses ".."
}
