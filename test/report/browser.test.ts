import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/index.ts';
import { withRollout } from '../../src/rollout/rollout.ts';
import { planFolder } from '../migration/project.ts';
import { fullReport } from './full-report.ts';
import { rolledOut } from './rolled-out.ts';
import { anyKind, report, task } from './sample.ts';

/** The browser to look with: named by the environment, else where Debian puts it. */
const executable = process.env['BPG_CHROMIUM'] ?? '/usr/bin/chromium';
const present = existsSync(executable);
const title = present ? 'in a browser' : `in a browser (skipped: no chromium at ${executable}; set BPG_CHROMIUM)`;

/** The source of axe, which looks for what keeps people out. */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const evil = '<script>document.title="taken"</script> & "quotes"';
const evilTask = task({ id: `dags/evil.py#d.${evil}`, file: 'dags/evil.py', taskId: evil, connection: null });
const subject = report({ ...fullReport, tasks: [...fullReport.tasks, evilTask] });

describe.skipIf(!present)(title, () => {
  let folder = '';
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bpg-html-'));
    writeFileSync(join(folder, 'report.html'), renderHtml(subject, anyKind));
    writeFileSync(join(folder, 'whole.html'), renderHtml(rolledOut, anyKind));
    const plan = await planFolder(join(import.meta.dirname, '../../fixtures/example'));
    const state = { kinds: anyKind, records: [], now: null, runs: null };
    writeFileSync(join(folder, 'example.html'), renderHtml(withRollout(plan.report, plan.estate(), state, false)));
    browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
    context = await browser.newContext({ offline: true });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the page at a fragment; what the browser complains about ends up in `errors`. */
  async function open(fragment = '', javaScriptEnabled = true): Promise<{ page: Page; errors: string[] }> {
    const page = await (javaScriptEnabled ? context : await browser.newContext({ javaScriptEnabled })).newPage();
    const errors: string[] = [];
    page.on('console', (message) => errors.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) errors.push(`asks for ${request.url()}`);
    });
    await page.goto(`${pathToFileURL(join(folder, 'report.html'))}${fragment}`);
    return { page, errors };
  }
  const shown = (page: Page): Promise<string[]> =>
    page.$$eval('#tasklist > .t', (tasks) =>
      tasks.flatMap((one) => (one.checkVisibility() ? [one.querySelector('b')?.textContent ?? ''] : [])),
    );

  test('says nothing on the console, opened and filtered', async () => {
    const { page, errors } = await open('#list');
    await page.getByRole('button', { name: 'Open all shown' }).click();
    await page.getByRole('searchbox').fill('score');
    expect(errors).toEqual([]);
  });

  test('filters by text, state and connection', async () => {
    const { page } = await open('#list');
    expect(await shown(page)).toHaveLength(6);
    await page.getByRole('searchbox').fill('retry-resubmits SCORE');
    expect(await shown(page)).toEqual(['submit']);
    expect(await page.locator('output').textContent()).toBe('1 of 6 tasks');
    await page.getByRole('searchbox').fill('');
    await page.getByRole('checkbox', { name: 'safe' }).uncheck();
    await page.getByRole('checkbox', { name: 'review' }).uncheck();
    expect(await shown(page)).toEqual(['?', 'done', 'left']);
    await page.getByRole('combobox', { name: 'Connection' }).selectOption({ label: 'emr_phi' });
    expect(await shown(page)).toEqual(['left']);
    await page.getByRole('combobox', { name: 'Connection' }).selectOption({ label: 'unknown' });
    expect(await shown(page)).toEqual(['?', 'done']);
  });

  test.each([
    '#task=dags/score.py#score.submit',
    '#task=dags/score.py%23score.submit',
    `#task=${encodeURIComponent(evilTask.id)}`,
  ])('opens the task of %s and no other', async (fragment) => {
    const { page } = await open(fragment);
    await page.waitForSelector('details[open]');
    const names = await page.$$eval('details[open] > summary > b', (all) => all.map((one) => one.textContent));
    expect(names).toEqual([fragment.includes('evil') ? evil : 'submit']);
    await expect.poll(() => page.evaluate('scrollY')).toBeGreaterThan(0);
  });

  test('a link followed later opens its task, also when the filter hides it', async () => {
    const { page } = await open('#list');
    await page.getByRole('searchbox').fill('nothing has this');
    expect(await shown(page)).toEqual([]);
    await page.evaluate(`location.hash = '#task=dags/score.py#score.submit'`);
    await page.waitForSelector('details[open]');
    expect(await shown(page)).toEqual(['submit']);
  });

  test('an opened task explains its findings and colours its code', async () => {
    const { page, errors } = await open('#task=dags/score.py#score.submit');
    await page.waitForSelector('details[open] .f .y');
    expect(await page.locator('details[open] .f li').first().innerText()).toContain('Why of retry-resubmits.');
    const words = await page.evaluate<string[]>("[...CSS.highlights.get('keyword')].map(String)");
    expect(words).toContain('import');
    await page.getByText('1 note, nothing to decide').click();
    expect(await page.locator('details.i .y').count()).toBe(1);
    expect(errors).toEqual([]);
  });

  test('a script in a task id stays text', async () => {
    const { page } = await open('#list');
    expect(await page.title()).toBe('Migration to BPGOperator');
    expect(await shown(page)).toContain(evil);
    expect(await page.locator('script').count()).toBe(2);
  });

  test('lists everything without script, and says what needs it', async () => {
    const { page } = await open('', false);
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await shown(page)).toHaveLength(6);
    expect(await page.locator('noscript').innerText()).toContain('need this page');
  });

  test('shows one view at a time, a filter from a link, and copies a patch', async () => {
    const { page, errors } = await open();
    expect(await page.locator('.view:visible').count()).toBe(1);
    await page.getByRole('link', { name: 'Switch off' }).click();
    expect(await page.locator('#connections').isVisible()).toBe(true);
    await page.evaluate(`location.hash = '#list?connection==emr_phi&text=score'`);
    await expect.poll(() => page.evaluate(`document.querySelector('output').value`)).toBe('1 of 6 tasks');
    await page.locator('#tasklist > .t:visible > summary').click();
    await page.getByRole('button', { name: 'Copy as patch' }).click();
    await expect.poll(() => page.evaluate(`document.querySelector('.cp').textContent`)).toMatch(/Copied|Ctrl/);
    expect(errors).toEqual([]);
  });

  test('is reachable by keyboard', async () => {
    const { page } = await open('#list');
    await page.locator('#tasklist summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('details[open]').count()).toBe(1);
    await page.waitForSelector('details[open] .b a');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('A');
  });

  /** Serious and critical findings of axe, each with an element that shows it; the number of rules that held. */
  const lookedAt = (page: Page): Promise<{ wrong: string[]; held: number }> =>
    page.evaluate(`axe.run(document).then(({ violations, passes }) => ({
      held: passes.length,
      wrong: violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => id + ': ' + nodes[0].html + ' ' + nodes[0].failureSummary),
    }))`);

  test.each([
    ['whole', 'light'],
    ['whole', 'dark'],
    ['example', 'light'],
  ] as const)(
    'keeps nobody out of a view or an open task (%s, %s)',
    async (name, colorScheme) => {
      const watched = await browser.newContext({ offline: true, colorScheme, bypassCSP: true });
      const page = await watched.newPage();
      await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
      await page.addScriptTag({ content: axe });
      const views = await page.$$eval('.view', (all) => all.map((one) => one.id));
      expect(views).toHaveLength(8);
      for (const view of [...views, await page.$eval('.t[data-s=review] .b', ({ id }) => id)]) {
        await page.evaluate(`location.hash = ${JSON.stringify(`#${view}`)}`);
        await page.waitForSelector(view.startsWith('task=') ? 'details.t[open]' : `#${view}:not([hidden])`);
        const { wrong, held } = await lookedAt(page);
        expect(wrong, view).toEqual([]);
        expect(held, view).toBeGreaterThan(5);
      }
      await watched.close();
    },
    60_000,
  );

  test('would be told of what keeps people out', async () => {
    const watched = await browser.newContext({ offline: true, bypassCSP: true });
    const page = await watched.newPage();
    await page.goto(pathToFileURL(join(folder, 'whole.html')).href);
    await page.addScriptTag({ content: axe });
    await page.evaluate(`document.querySelector('.view').append(document.createElement('button'))`);
    expect((await lookedAt(page)).wrong.join()).toContain('button-name');
    await watched.close();
  }, 60_000);
});
