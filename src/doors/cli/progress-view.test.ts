import { describe, expect, it } from 'vitest';
import { progressView } from './progress-view.ts';

function watch(options: { terminal: boolean; width?: number; unicode?: boolean }): {
  view: ReturnType<typeof progressView>;
  text(): string;
  wait(milliseconds: number): void;
} {
  let text = '';
  let now = 0;
  const view = progressView({
    stream: {
      isTTY: options.terminal,
      write: (more) => {
        text += more;
        return true;
      },
    },
    style: { width: options.width ?? 60, color: false, unicode: options.unicode ?? true },
    clock: { now: () => now, monotonic: () => now },
    quiet: false,
    verbose: false,
  });
  return { view, text: () => text, wait: (milliseconds) => (now += milliseconds) };
}

const step = (done: number): { type: 'progress'; stage: 'parse'; done: number; total: number; detail: string } => ({
  type: 'progress',
  stage: 'parse',
  done,
  total: 100,
  detail: `src/${'deep/'.repeat(30)}file.py`,
});

describe('progressView', () => {
  it('draws nothing for a short command', () => {
    const { view, text, wait } = watch({ terminal: true });
    view.emit(step(1));
    wait(100);
    view.emit(step(2));
    view.finish();
    expect(text()).toBe('');
  });

  it('redraws one line inside the width, seldom, and takes it away', () => {
    const { view, text, wait } = watch({ terminal: true });
    wait(1000);
    for (let done = 0; done < 100; done++) {
      view.emit(step(done));
      wait(10);
    }
    view.finish();
    const frames = text().split('\r\u001b[2K').slice(1);
    expect(frames.length).toBeGreaterThan(8);
    expect(frames.length).toBeLessThan(16);
    for (const frame of frames) expect(frame.length).toBeLessThan(60);
    expect(frames.at(-1)).toBe('');
    expect(text()).not.toContain('\n');
  });

  it('prints a quiet line now and then where there is no terminal', () => {
    const { view, text, wait } = watch({ terminal: false });
    for (let second = 0; second < 25; second++) {
      view.emit(step(second));
      wait(1000);
    }
    view.finish();
    expect(text()).toBe('trowel: reading files 10/100\ntrowel: reading files 20/100\n');
  });
});
