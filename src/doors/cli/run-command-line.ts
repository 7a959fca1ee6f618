/** The command line: words in, one operation run, text or one JSON document out, an exit code back. */
import { systemClock } from '#base/clock.ts';
import { TrowelError, exitCodeOf } from '#base/errors.ts';
import { nearestName } from '#base/nearest-name.ts';
import type { Operation, OperationCatalogue } from '#operations/operation.ts';
import type { Services } from '#operations/services.ts';
import { helpPage, overviewPage } from './help-page.ts';
import type { GlobalFlags } from './parse-command-line.ts';
import { checkedInput, parseCommand, splitCommand, usage, wantsJson } from './parse-command-line.ts';
import { progressView } from './progress-view.ts';
import { errorDocument, renderError } from './render-error.ts';
import type { ColorChoice, TextStream } from './terminal.ts';
import { terminalStyle, usesColor } from './terminal.ts';

export interface CommandLine {
  /** The words behind `trowel`. */
  readonly words: readonly string[];
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly catalogue: OperationCatalogue;
  /** Fires when the user interrupts. */
  readonly signal: AbortSignal;
  /** Made once the flags are known. */
  services(configFlags: readonly string[]): Services;
}

/** What `trowel` does when no operation is named. */
const MAIN_OPERATION = 'survey';

export async function runCommandLine(line: CommandLine): Promise<number> {
  let globals: GlobalFlags | undefined;
  let color: ColorChoice = 'auto';
  try {
    const { operation, rest } = await chooseOperation(line.words, line.catalogue);
    const parsed = parseCommand(rest, operation);
    globals = parsed.globals;
    color = globals.color === undefined ? 'auto' : globals.color ? 'always' : 'never';
    if (globals.version) return await printVersion(line, globals);
    if (globals.help || !operation) return await printHelp(line, operation, globals, color);
    const services = line.services(globals.config);
    if (globals.color === undefined) color = services.configFor().values.color;
    return await runOperation(line, operation, parsed.input, services, globals, color);
  } catch (error) {
    const verbose = globals?.verbose ?? line.words.includes('--verbose');
    await write(line.stderr, renderError(error, { color: usesColor(line.stderr, line.environment, color), verbose }));
    if (globals?.json ?? wantsJson(line.words)) await write(line.stdout, `${JSON.stringify(errorDocument(error))}\n`);
    return exitCodeOf(error);
  }
}

async function chooseOperation(
  words: readonly string[],
  catalogue: OperationCatalogue,
): Promise<{ operation: Operation | undefined; rest: readonly string[] }> {
  const { name, rest } = splitCommand(words);
  if (name === 'help') {
    const about = splitCommand(rest);
    const operation = about.name === undefined ? undefined : await catalogue.load(about.name);
    if (about.name !== undefined && !operation) throw unknownOperation(about.name, catalogue);
    return { operation, rest: [...about.rest, '--help'] };
  }
  if (name === undefined) {
    const wantsPage = words.some((word) => word === '--help' || word === '-h');
    return { operation: wantsPage ? undefined : await catalogue.load(MAIN_OPERATION), rest };
  }
  const operation = await catalogue.load(name);
  if (operation) return { operation, rest };
  // No operation has such a name, so a path or a URL alone can only mean "show me this one".
  if (/^\.{1,2}$|[/\\]/.test(name)) return { operation: await catalogue.load(MAIN_OPERATION), rest: words };
  throw unknownOperation(name, catalogue);
}

function unknownOperation(name: string, { names }: OperationCatalogue): TrowelError {
  const near = nearestName(name, names);
  return usage(
    `Unknown operation ${JSON.stringify(name)}.`,
    near === undefined ? '`trowel --help` lists the operations.' : `Did you mean \`trowel ${near}\`?`,
  );
}

async function printVersion({ stdout, version }: CommandLine, { json }: GlobalFlags): Promise<number> {
  await write(stdout, json ? `${JSON.stringify({ version })}\n` : `${version}\n`);
  return 0;
}

async function printHelp(
  { stdout, environment, catalogue }: CommandLine,
  operation: Operation | undefined,
  { json }: GlobalFlags,
  color: ColorChoice,
): Promise<number> {
  const style = terminalStyle(stdout, environment, json ? 'never' : color);
  const page = operation ? helpPage(operation, style) : overviewPage(await allOperations(catalogue), style);
  await write(stdout, json ? `${JSON.stringify({ help: page })}\n` : page);
  return 0;
}

async function allOperations({ names, load }: OperationCatalogue): Promise<readonly Operation[]> {
  const loaded = await Promise.all(names.map(load));
  return loaded.filter((operation) => operation !== undefined);
}

async function runOperation(
  line: CommandLine,
  operation: Operation,
  words: Readonly<Record<string, unknown>>,
  services: Services,
  globals: GlobalFlags,
  color: ColorChoice,
): Promise<number> {
  const input = checkedInput(words, operation);
  const view = progressView({
    stream: line.stderr,
    style: terminalStyle(line.stderr, line.environment, color),
    clock: systemClock,
    quiet: globals.quiet,
    verbose: globals.verbose,
    output: globals.json ? undefined : line.stdout,
  });
  let output: unknown;
  try {
    const context = { services, emit: view.emit, signal: line.signal, asData: globals.json };
    const run = (): Promise<unknown> => operation.run(input, context);
    output = await run().catch((error: unknown) => {
      // A damaged index is made anew when it is next opened.
      if (!(error instanceof TrowelError) || error.code !== 'index-damaged') throw error;
      view.emit({ type: 'note', message: error.message });
      return run();
    });
  } catch (error) {
    view.finish();
    // Once interrupted, whatever broke on the way out is not news.
    if (line.signal.aborted && !(error instanceof TrowelError))
      throw new TrowelError('cancelled', 'Stopped.', { cause: error });
    throw error;
  }
  view.finish();
  const text = globals.json
    ? `${JSON.stringify(output ?? null)}\n`
    : operation.render(output, terminalStyle(line.stdout, line.environment, color));
  await write(line.stdout, text === '' || text.endsWith('\n') ? text : `${text}\n`);
  return operation.exitCode?.(output) ?? 0;
}

/** Resolves when the stream has taken the text; a reader that went away is not an error. */
function write(stream: TextStream, text: string): Promise<void> {
  if (text === '') return Promise.resolve();
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (!error || (error as NodeJS.ErrnoException).code === 'EPIPE') resolve();
      else reject(error);
    });
  });
}
