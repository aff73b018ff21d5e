// The dashboard in Chromium: live content, a job's life, a reorganisation, the
// job dialog, a lost connection; screenshots in light, dark and narrow.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { check, controller, until } from "./ledger.mjs";

const [url, controlUrl, shots] = process.argv.slice(2);
const control = controller(controlUrl);
const profile = await mkdtemp(join(tmpdir(), "vmhost-chromium-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  viewport: { width: 1360, height: 900 },
  colorScheme: "light",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const problems = [];
try {
  const page = context.pages()[0] ?? (await context.newPage());
  page.on("pageerror", (e) => problems.push("exception: " + e.message));
  page.on("console", (m) => { if (m.type() === "error" && !/WebSocket connection/.test(m.text())) problems.push(m.text()); });
  page.on("request", (r) => { if (!r.url().startsWith(url) && !r.url().startsWith("data:")) problems.push("loads " + r.url()); });
  const text = (id) => page.locator("#" + id).textContent();
  const figure = async (id) => Number((await text(id)).replace(/[^0-9]/g, ""));

  await page.goto(url);
  await page.waitForSelector('#link[data-state="live"]');
  await control("/advance?n=6");
  const { head } = await control("/info");
  await until("the head", async () => (await figure("head")) >= head);
  await until("the blocks", async () => (await page.locator(".block").count()) >= 6);
  await until("executed jobs", async () => (await figure("executed")) >= 6);
  await until("proofs", async () => (await figure("proven")) >= 1);
  check(/ago|just now/.test(await text("lag")), "lag: " + (await text("lag")));
  check((await page.locator("#jobs tr .state").count()) >= 6, "job rows");
  check((await page.locator('#jobs .state[data-state="proven"]').count()) >= 1, "a proven job");
  check((await page.locator("#chart rect").count()) >= 1, "the chart of proof times");

  if (!(await control("/info")).moving) {
    check(/out of money: <b>0 wei<\/b>/.test(await text("anchor-problem")), "the problem of anchoring, as text");
    check((await text("anchor-summary")) === "1 anchored, 1 queued", "anchors: " + (await text("anchor-summary")));
    const facts = await text("anchor-facts");
    for (const part of ["1 wei free", "0.05 ether locked", "2 open, the first until block #71, 5 answered", "#3 until block #71: below the window"]) check(facts.includes(part), `anchoring lacks "${part}": ${facts}`);
    check((await page.locator("#anchors li").count()) === 2, "anchors in the list");
    check((await page.locator('#anchors .state[data-state="anchored"]').count()) === 1, "an anchored one");
  }

  await control("/reorg?depth=2");
  await until("the reorganisation", async () => (await page.locator(".events .reorg").count()) >= 1);
  await until("reverted blocks", async () => (await page.locator(".block.reverted").count()) >= 2);
  check((await figure("undone")) >= 2, "undone: " + (await text("undone")));
  const late = await context.newPage();
  await late.goto(url);
  await until("the reorganisation on a page opened after it", async () =>
    /[1-9]\d* jobs? undone/.test(await late.locator(".events .reorg + .detail").first().textContent({ timeout: 5000 })));
  check(!/Nothing withdrawn/.test(await late.locator("#no-events:visible").allTextContents()), "nothing withdrawn, says a page opened after a reorganisation");
  await late.close();
  await page.click('[data-filter="undone"]');
  await until("undone jobs", async () => (await page.locator('#jobs .state[data-state="undone"]').count()) >= 2);
  await page.click('[data-filter="all"]');
  await control("/busy");
  await until("a running proof", async () => (await control("/info")).moving || (await page.locator("#proofs progress").count()) >= 1);
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(shots, "dashboard-light.png") });

  await page.click("#theme");
  await page.waitForTimeout(100);
  await page.screenshot({ path: join(shots, "dashboard-dark.png"), fullPage: true });
  const proven = page.locator('#jobs tr:has(.state[data-state="proven"]) button').first();
  await proven.focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog[open]");
  check(/^0x/.test(await text("detail-journal")), "the journal in the dialog");
  check(await page.locator("#detail-proof").isVisible(), "the proof's download");
  await page.screenshot({ path: join(shots, "dashboard-job.png") });
  await page.keyboard.press("Escape");
  check(!(await page.locator("dialog[open]").count()), "Escape closes the dialog");

  const seen = await figure("head");
  await control("/away?advance=2");
  await until("the page after a lost connection", async () => (await figure("head")) >= seen + 2);
  await until("all blocks after a lost connection", async () => (await page.locator(".block:not(.reverted)").count()) >= 9);
  await page.setViewportSize({ width: 420, height: 900 });
  await page.waitForTimeout(200);
  check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page scrolls sideways on a phone");
  await page.screenshot({ path: join(shots, "dashboard-narrow.png") });
  check(problems.length === 0, problems.join("; "));
  console.log(JSON.stringify({ ok: true, client: "chromium", head: await figure("head"), undone: await figure("undone") }));
} finally {
  await context.close();
  await rm(profile, { recursive: true, force: true });
}
