/** Renders engine events on stderr: a bar in a terminal, quiet lines elsewhere; warnings are collected and shown once. */
import type { Clock } from '#base/clock.ts';
import { painter, printable } from '#base/paint.ts';
import type { EngineEvent, Stage } from '#base/progress.ts';
import type { TerminalStyle } from '#operations/operation.ts';
import type { TextStream } from './terminal.ts';

export interface ProgressView {
  emit(event: EngineEvent): void;
  /** Takes the bar away and prints the warnings. */
  finish(): void;
}

export interface ProgressOptions {
  readonly stream: TextStream;
  readonly style: TerminalStyle;
  readonly clock: Clock;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Where a started program's own output goes; without it, it is not shown as it comes. */
  readonly output?: TextStream | undefined;
}

const verbs: Readonly<Record<Stage, string>> = {
  clone: 'cloning',
  scan: 'walking the tree',
  parse: 'reading files',
  link: 'linking',
  index: 'writing the index',
  history: 'reading history',
  report: 'drawing',
  train: 'training',
  embed: 'embedding',
  judge: 'judging',
  explore: 'exploring',
  prove: 'proving',
  test: 'running tests',
};

/** Milliseconds between two drawings of the bar, and between two lines where there is none. */
const DRAW_EVERY = 80;
const LINE_EVERY = 10_000;
/** Short commands show no bar at all. */
const DRAW_AFTER = 250;
const WARNINGS_SHOWN = 5;

export function progressView({ stream, style, clock, quiet, verbose, output }: ProgressOptions): ProgressView {
  const interactive = stream.isTTY === true && !quiet && !verbose;
  const paint = painter(style.color);
  const warnings = new Map<string, number>();
  const started = clock.monotonic();
  let last = interactive ? started + DRAW_AFTER - DRAW_EVERY : started;
  let drawn = false;

  const clear = (): void => {
    if (drawn) stream.write('\r\u001b[2K');
    drawn = false;
  };
  const line = (text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };
  const progress = (event: Extract<EngineEvent, { type: 'progress' }>): void => {
    const now = clock.monotonic();
    if (now - last < (interactive ? DRAW_EVERY : LINE_EVERY)) return;
    last = now;
    const count = event.total === undefined ? `${event.done}` : `${event.done}/${event.total}`;
    if (!interactive) {
      line(`trowel: ${verbs[event.stage]} ${count}`);
      return;
    }
    const label = `${verbs[event.stage].padEnd(18)} `;
    const detail = event.detail === undefined ? '' : ` ${printable(event.detail)}`;
    const tail = ` ${count}${detail}`;
    const room = Math.min(30, style.width - label.length - count.length - 3);
    const picture =
      event.total !== undefined && event.total > 0 && room > 5
        ? bar(event.done / event.total, room, style.unicode)
        : '';
    stream.write(
      `\r\u001b[2K${paint.dim(label)}${paint.cyan(picture)}${tail.slice(0, Math.max(0, style.width - label.length - picture.length - 1))}`,
    );
    drawn = true;
  };
  return {
    emit(event) {
      switch (event.type) {
        case 'progress':
          if (!quiet) progress(event);
          break;
        case 'stage-done':
          if (verbose)
            line(
              `trowel: ${verbs[event.stage]}: ${Math.round(event.milliseconds)} ms${event.detail === undefined ? '' : ` (${printable(event.detail)})`}`,
            );
          break;
        case 'warning': {
          const text = printable(event.path === undefined ? event.message : `${event.path}: ${event.message}`);
          warnings.set(text, (warnings.get(text) ?? 0) + 1);
          break;
        }
        case 'note':
          if (!quiet) line(`trowel: ${printable(event.message)}`);
          break;
        case 'output':
          clear();
          if (output) (event.stream === 'output' ? output : stream).write(programText(event.text));
          break;
      }
    },
    finish() {
      clear();
      if (!quiet) {
        const shown = [...warnings.keys()].slice(0, verbose ? undefined : WARNINGS_SHOWN);
        for (const text of shown) stream.write(`${paint.yellow('warning')} ${text}\n`);
        const more = warnings.size - shown.length;
        if (more > 0) stream.write(`${paint.yellow('warning')} and ${more} more; --verbose shows all\n`);
      }
      warnings.clear();
    },
  };
}

/** A program's lines without its colours; a return to the line's start, as bars use it, begins a new one. */
function programText(text: string): string {
  return printable(text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replace(/\r\n?/g, '\n'));
}

function bar(share: number, width: number, unicode: boolean): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return unicode ? '━'.repeat(full) + '╌'.repeat(width - full) : '#'.repeat(full) + '.'.repeat(width - full);
}
