/** What `run` says on a terminal; what the program itself wrote has been shown as it came. */
import type { Painter } from '#base/paint.ts';
import { painter, printable } from '#base/paint.ts';

interface Style {
  readonly width: number;
  readonly color: boolean;
}

interface Exit {
  readonly kind: string;
  readonly code?: number;
  readonly signal?: string;
  readonly limit?: string;
  readonly reason?: string;
}

interface Shown {
  readonly name: string;
  readonly kind: string;
  readonly folder: string;
  readonly because: string;
}

type Output =
  | {
      readonly status: 'targets';
      readonly projects: readonly {
        readonly ecosystem: string;
        readonly folder: string;
        readonly name: string | undefined;
        readonly packageManager: string | undefined;
        readonly tools: readonly string[];
      }[];
      readonly toolchains: readonly { readonly language: string; readonly version: string; readonly because: string }[];
      readonly targets: readonly Shown[];
    }
  | {
      readonly status: 'log';
      readonly entries: readonly {
        readonly time: string;
        readonly tree: string;
        readonly runner: string;
        readonly program: string;
        readonly arguments: readonly string[];
        readonly end: Exit;
        readonly milliseconds: number;
      }[];
    }
  | { readonly status: 'refused'; readonly command: readonly string[]; readonly reason: string }
  | {
      readonly status: 'ran';
      readonly runner: string;
      readonly exit: Exit;
      readonly milliseconds: number;
      readonly failure:
        | {
            readonly kind: string;
            readonly message: string;
            readonly file: string | undefined;
            readonly line: number | undefined;
            readonly hint: string | undefined;
          }
        | undefined;
      readonly proposal:
        | {
            readonly package: string;
            readonly module: string;
            readonly isDeclared: boolean;
            readonly doubt: string | undefined;
          }
        | undefined;
      readonly installed: readonly string[];
    };

const TARGETS_SHOWN = 30;

export function runForTerminal(output: Output, { width, color }: Style): string {
  const paint = painter(color);
  switch (output.status) {
    case 'targets':
      return targetLines(output, width, paint);
    case 'log':
      return logLines(output, width, paint);
    case 'refused':
      return `${paint.red('not run')}  ${printable(output.command.join(' '))}\n${output.reason}\nThe settings sandbox.allow and sandbox.block decide this: trowel config\n`;
    case 'ran':
      return ranLines(output, paint);
  }
}

function ranLines(output: Extract<Output, { status: 'ran' }>, paint: Painter): string {
  const { exit, failure, proposal, installed } = output;
  const time = `${(output.milliseconds / 1000).toFixed(1)} s, ${output.runner === 'unprotected' ? 'without protection' : `in ${output.runner}`}`;
  const extra = installed.length > 0 ? [`installed aside: ${printable(installed.join(', '))}`] : [];
  if (!failure)
    return [
      `${exit.kind === 'stopped' ? paint.yellow('stopped') : paint.green('ok')}  ${paint.dim(time)}`,
      ...extra,
      '',
    ].join('\n');
  const place =
    failure.file === undefined ? [] : [`${failure.file}${failure.line === undefined ? '' : `:${failure.line}`}`];
  const lines = [
    `${paint.red('failed')}  ${failure.kind}: ${printable(failure.message)}  ${paint.dim(time)}`,
    ...place.map((text) => `  at ${paint.cyan(printable(text))}`),
    ...(failure.hint === undefined ? [] : [`  ${failure.hint}`]),
    ...extra,
  ];
  if (proposal) {
    const what = `${printable(proposal.package)} brings ${printable(proposal.module)}`;
    const known = proposal.isDeclared ? ' and is among the project’s dependencies' : '';
    lines.push(
      proposal.doubt === undefined
        ? `  ${what}${known}. Install it yourself, or let --install do it outside your project.`
        : `  ${what}, but ${printable(proposal.doubt)}: look before you install it.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function targetLines(output: Extract<Output, { status: 'targets' }>, width: number, paint: Painter): string {
  const { projects, toolchains, targets } = output;
  const lines = projects.map(({ ecosystem, name, folder, packageManager, tools }) => {
    const facts = [packageManager, ...tools.filter((tool) => tool !== 'tests-by-name')]
      .filter((fact) => fact !== undefined)
      .slice(0, 6);
    return `${paint.bold(printable(name ?? (folder === '' ? 'this tree' : folder)))}  ${ecosystem}${facts.length > 0 ? `: ${printable(facts.join(', '))}` : ''}${folder === '' ? '' : paint.dim(`  ${printable(folder)}`)}`;
  });
  lines.splice(12, Infinity, ...(lines.length > 12 ? [paint.dim(`and ${lines.length - 12} more packages`)] : []));
  for (const { language, version, because } of toolchains)
    lines.push(`${language} ${version}  ${paint.dim(printable(because))}`);
  if (targets.length === 0) lines.push('Nothing here says how it is run. Give a command: trowel run -- <command>');
  else lines.push('');
  const shown = targets.slice(0, TARGETS_SHOWN);
  const column = Math.min(28, Math.max(...shown.map(({ name }) => name.length), 0));
  for (const { name, folder, because } of shown) {
    const about = `${folder === '' ? '' : `${folder}: `}${because}`;
    const room = Math.max(20, width - column - 14);
    lines.push(
      `trowel run ${paint.cyan(printable(name).padEnd(column))}  ${paint.dim(printable(about.length > room ? `${about.slice(0, room - 1)}…` : about))}`,
    );
  }
  if (targets.length > shown.length)
    lines.push(paint.dim(`and ${targets.length - shown.length} more; --json lists all`));
  return `${lines.join('\n')}\n`;
}

function logLines({ entries }: Extract<Output, { status: 'log' }>, width: number, paint: Painter): string {
  if (entries.length === 0) return 'Nothing was run yet.\n';
  const lines = entries.map(({ time, end, milliseconds, runner, program, arguments: words }) => {
    const how = end.kind === 'exited' ? `exit ${end.code}` : (end.signal ?? end.limit ?? end.kind);
    const mark = end.kind === 'exited' && end.code === 0 ? paint.green(how.padEnd(10)) : paint.red(how.padEnd(10));
    const line = printable([program, ...words].join(' ')).replace(/\s+/g, ' ');
    const room = Math.max(20, width - 50);
    return `${time.slice(0, 19).replace('T', ' ')}  ${mark} ${`${milliseconds} ms`.padStart(9)}  ${line.length > room ? `${line.slice(0, room - 1)}…` : line}  ${paint.dim(runner)}`;
  });
  return `${lines.join('\n')}\n`;
}
