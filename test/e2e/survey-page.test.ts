import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { surveyPage } from '#report/html/survey-page.ts';
import { sampleJudgement } from '#report/sample-judgement.ts';
import { sampleSurvey } from '#report/sample-survey.ts';
import { findChromium, openPage } from './chromium.ts';

describe.skipIf(!findChromium())('the survey page in a real browser', () => {
  let folder: string;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'trowel-page-'));
    const file = path.join(folder, 'survey.html');
    writeFileSync(file, surveyPage(sampleSurvey(), undefined, sampleJudgement()));
    page = await openPage('about:blank');
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
  });
  afterAll(async () => {
    await page?.context().browser()?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs without a complaint, runs nothing of the repository and asks for nothing but itself', async () => {
    expect(await page.title()).toContain('survey');
    expect(complaints).toEqual([]);
    expect(requests).toHaveLength(1);
  });

  it('paints the map by the measure that one chooses', async () => {
    const colours = (): Promise<string[]> =>
      page.evaluate(`[...document.querySelectorAll('.treemap .file rect')].map((rect) => getComputedStyle(rect).fill)`);
    const heat = await colours();
    expect(new Set(heat).size).toBeGreaterThan(5);
    await page.click('button[data-measure="complexity"]');
    const complexity = await colours();
    expect(complexity).not.toEqual(heat);
    expect(await page.getAttribute('button[data-measure="complexity"]', 'aria-pressed')).toBe('true');
  });

  it('finds files and lights up the neighbours of a module', async () => {
    await page.fill('#find-file', 'file12.ts');
    expect(await page.$$eval('.treemap .file.found', (found) => found.length)).toBe(1);
    await page.hover('.module[data-module="api"]');
    expect(
      (await page.$$eval('.module.lit', (lit) => lit.map((module) => module.getAttribute('data-module')))).sort(),
    ).toEqual(['api', 'core', 'web/pages']);
  });

  it('fits its width on a desk and on a phone', async () => {
    for (const width of [1300, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
  });
});
