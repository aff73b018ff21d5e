package rpcclient_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"vmhost/cmd/vmhost/internal/rpcclient"
	"vmhost/jobs"
	"vmhost/jobs/jobstest"
	"vmhost/wsapi"
)

// server is the real API on a fake world, whose connections can be cut.
type server struct {
	*jobstest.World
	url string

	mu    sync.Mutex
	conns []net.Conn
}

func start(t *testing.T) *server {
	t.Helper()
	w, err := jobstest.NewWorld(t.Context(), nil, jobs.Options{})
	if err != nil {
		t.Fatal(err)
	}
	api, err := wsapi.New(wsapi.Options{Jobs: w.Manager, ChainID: 1337})
	if err != nil {
		t.Fatal(err)
	}
	s := &server{World: w}
	h := httptest.NewUnstartedServer(api.Handler())
	h.Config.ConnState = func(c net.Conn, _ http.ConnState) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.conns = append(s.conns, c)
	}
	h.Start()
	s.url = h.URL
	t.Cleanup(func() {
		_ = api.Shutdown(context.Background())
		h.Close()
		w.Close()
	})
	return s
}

func (s *server) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		_ = c.Close() // that is the test
	}
}

func (s *server) advance(t *testing.T, n int) {
	t.Helper()
	if _, err := s.Advance(t.Context(), n, ""); err != nil {
		t.Fatal(err)
	}
}

func TestAddresses(t *testing.T) {
	for _, good := range []string{"127.0.0.1:1", "http://localhost:1", "https://h", "ws://h:2/ws", "wss://h"} {
		if _, err := rpcclient.New(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "ftp://h", "http://", "http://%zz", "file:///etc"} {
		if _, err := rpcclient.New(bad); !errors.Is(err, rpcclient.ErrURL) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// What the server refuses arrives as its error; what it is not, as the transport's.
func TestErrors(t *testing.T) {
	s := start(t)
	c, err := rpcclient.New(s.url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, uploadErr := c.Upload(t.Context(), []byte("#!/bin/sh"), "x")
	_, _, submitErr := c.Submit(t.Context(), rpcclient.Submission{})
	_, jobErr := c.Job(t.Context(), "0x00")
	for name, err := range map[string]error{
		"method": c.Call(t.Context(), nil, "vm_none"), "upload": uploadErr, "submit": submitErr, "job": jobErr,
		"subscription": c.Watch(t.Context(), rpcclient.Subscription{Finality: "sure"}, nil, nil),
		"cursor":       c.Watch(t.Context(), rpcclient.Subscription{Cursor: "CQAAAGNmgpk"}, nil, nil),
	} {
		e, ok := errors.AsType[*rpcclient.Error](err)
		if !ok || e.Code >= 0 || e.Data.Name == "" {
			t.Errorf("%s: %v", name, err)
		}
		if name == "cursor" && (!ok || e.Data.OldestCursor == "") {
			t.Errorf("no cursor to resume from: %v", err)
		}
	}
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>", http.StatusTeapot) }))
	defer other.Close()
	if c, err = rpcclient.New(other.URL); err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Call(t.Context(), nil, "vm_status"); err == nil || !strings.Contains(err.Error(), "418") {
		t.Errorf("another server: %v", err)
	}
	if err := c.Watch(t.Context(), rpcclient.Subscription{}, nil, nil); err == nil {
		t.Error("watching another server ended without an error")
	}
}

// A connection that is cut again and again costs no message and doubles none.
func TestWatchResumes(t *testing.T) {
	s := start(t)
	s.advance(t, 1)
	c, err := rpcclient.New(s.url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	const blocks = 12
	subscribed := make(chan struct{}, 100)
	done := errors.New("done")
	var got []uint64
	first := make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- c.Watch(ctx, rpcclient.Subscription{Proofs: "none"}, func() { subscribed <- struct{}{} }, func(m rpcclient.Message) error {
			got = append(got, uint64(m.Block.Number))
			if len(got) == 1 {
				close(first)
			}
			if len(got) == blocks {
				return done
			}
			return nil
		})
	}()
	<-subscribed
	for i := range blocks / 3 {
		s.advance(t, 2)
		if i == 0 { // the first cut must have something to resume after
			<-first
		}
		s.cut()
		s.advance(t, 1)
	}
	if err := <-ended; !errors.Is(err, done) {
		t.Fatal(err)
	}
	for i, n := range got {
		if n != uint64(i+2) {
			t.Fatalf("blocks %v", got)
		}
	}
	if len(subscribed) == 0 {
		t.Error("the connection was never cut")
	}
}

// Ending the context ends Watch without an error.
func TestWatchEnds(t *testing.T) {
	s := start(t)
	c, err := rpcclient.New(s.url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	ctx, cancel := context.WithCancel(t.Context())
	if err := c.Watch(ctx, rpcclient.Subscription{}, cancel, nil); err != nil {
		t.Error(err)
	}
}
