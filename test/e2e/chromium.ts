import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';

/** Debian's Chromium, or Chrome where a person has it; undefined where there is none. */
export function findChromium(): string | undefined {
  return [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].find((place) => existsSync(place));
}

/** Opens an address in a headless browser of its own; close it by `page.context().browser()?.close()`. */
export async function openPage(address: string, size = { width: 1300, height: 900 }): Promise<Page> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium here');
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const page = await browser.newPage({ viewport: size });
  await page.goto(address);
  return page;
}
