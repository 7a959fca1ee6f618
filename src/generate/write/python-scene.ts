import type { ProvenTest } from '../keep/proven-test.ts';
import type { MarkedValue } from '../model/value.ts';
import { plainScene } from '../model/scene.ts';
import { SEEN_TIME } from '../search/goal.ts';
import { pythonClock, pythonDoubles } from './python-doubles.ts';
import type { PythonImports } from './python-imports.ts';
import { pythonText } from './python-literal.ts';

/** What a Python test replaces of the world outside before it begins. */
export interface PythonScene {
  /** In front of the steps. */
  readonly lines: readonly string[];
  /** By target, the variable that holds its stand-in. */
  readonly doubles: ReadonlyMap<string, string>;
}

const bytesText = (text: string): string => `${pythonText(text)}.encode()`;

/** Functions and classes that the tests of one file share, in the order in which they stand in it. */
export class PythonHelpers {
  readonly #sources = new Map<string, string>();

  add(name: string, source: string): void {
    this.#sources.set(name, source);
  }

  texts(): readonly string[] {
    return [...this.#sources.values()];
  }
}

export function pythonScene(
  test: ProvenTest,
  bindings: Readonly<Record<string, readonly string[]>>,
  imports: PythonImports,
  helpers: PythonHelpers,
  isPytest: boolean,
): PythonScene {
  const used = new Set(test.seen.mocks);
  const scene = { ...plainScene, ...test.candidate.scene };
  const lines: string[] = [];
  const doubles = new Map<string, string>();
  const replace = (target: string, expression: string): void => {
    for (const place of [target, ...(bindings[target] ?? [])])
      lines.push(
        isPytest
          ? `monkeypatch.setattr("${place}", ${expression})`
          : `self.start(${imports.mock()}.patch("${place}", ${expression}))`,
      );
  };
  if (test.fixes.includes('time')) fixClock(used, imports, helpers, replace);
  if (test.fixes.includes('random')) {
    if (used.has('random')) lines.push(`${imports.whole('random')}.seed(0)`);
    if (used.has('os.urandom')) {
      const bytes = 'lambda size: bytes(index % 256 for index in range(size))';
      replace('os.urandom', bytes);
      replace('random._urandom', bytes);
    }
  }
  if (used.has('time.sleep')) replace('time.sleep', 'lambda seconds=0: None');
  if (used.has('sys.argv')) replace('sys.argv', `[${['program', ...scene.argv].map(pythonText).join(', ')}]`);
  if (used.has('sys.stdin')) replace('sys.stdin', `${imports.made('io.StringIO')}(${pythonText(scene.input)})`);
  if (used.has('os.environ')) lines.push(...environment(scene.environment, test.seen.asked ?? [], imports, isPytest));
  for (const { target, maker, takes, source, imports: needed } of pythonDoubles) {
    if (!used.has(target)) continue;
    for (const name of needed) imports.whole(name);
    imports.mock();
    helpers.add(maker, source);
    const variable = target.split('.').at(-1)!.toLowerCase();
    const given =
      takes === 'answer'
        ? `${scene.answer.status}, ${pythonText(scene.answer.type)}, ${bytesText(scene.answer.body)}`
        : `${scene.program.code}, ${pythonText(scene.program.output)}, ${pythonText(scene.program.errors)}`;
    lines.push(`${variable} = mock.Mock(side_effect=${maker}(${given}))`);
    doubles.set(target, variable);
    replace(target, variable);
  }
  return { lines, doubles };
}

function environment(
  variables: readonly (readonly [string, string])[],
  asked: readonly string[],
  imports: PythonImports,
  isPytest: boolean,
): string[] {
  const names = new Set(variables.map(([name]) => name));
  if (isPytest)
    return [
      ...variables.map(([name, value]) => `monkeypatch.setenv(${pythonText(name)}, ${pythonText(value)})`),
      ...asked
        .filter((name) => !names.has(name))
        .map((name) => `monkeypatch.delenv(${pythonText(name)}, raising=False)`),
    ];
  const held = variables.map(([name, value]) => `${pythonText(name)}: ${pythonText(value)}`).join(', ');
  return [`self.start(${imports.mock()}.patch.dict("os.environ", {${held}}, clear=True))`];
}

/** Of the functions that ask for the present only those that were asked. */
function fixClock(
  used: ReadonlySet<string>,
  imports: PythonImports,
  helpers: PythonHelpers,
  replace: (target: string, expression: string) => void,
): void {
  const real = (name: string): string => imports.from('time', name);
  const stand: readonly (readonly [string, () => string])[] = [
    ['time.time', () => 'lambda: NOW'],
    ['time.time_ns', () => 'lambda: int(NOW * 1e9)'],
    [
      'time.localtime',
      () => `lambda seconds=None: ${real('gmtime')}(NOW) if seconds is None else ${real('localtime')}(seconds)`,
    ],
    ['time.gmtime', () => `lambda seconds=None: ${real('gmtime')}(NOW if seconds is None else seconds)`],
    [
      'time.ctime',
      () =>
        `lambda seconds=None: ${real('asctime')}(${real('gmtime')}(NOW)) if seconds is None else ${real('ctime')}(seconds)`,
    ],
    ['time.strftime', () => `lambda form, moment=None: ${real('strftime')}(form, moment or ${real('gmtime')}(NOW))`],
    ['datetime.datetime', () => 'FixedDatetime'],
    ['datetime.date', () => 'FixedDate'],
  ];
  const asked = stand.filter(([name]) => used.has(name));
  if (asked.length > 0) helpers.add('NOW', `NOW = ${SEEN_TIME / 1000}  # ${new Date(SEEN_TIME).toISOString()}`);
  if (asked.some(([name]) => name.startsWith('datetime.'))) {
    imports.whole('datetime');
    helpers.add('clock', pythonClock);
  }
  for (const [name, expression] of asked) replace(name, expression());
}

/** Makes a file for a test; gives its path. */
export const pytestFile = `@pytest.fixture
def make_file(tmp_path):
    def make(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return make`;

export const unittestFile = `    def make_file(self, name, text):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name, name)
        path.write_text(text, encoding="utf-8")
        return str(path)
`;

export const unittestStart = `    def start(self, patch):
        patch.start()
        self.addCleanup(patch.stop)
`;

export function fileLiteral(
  value: MarkedValue & { readonly $: 'file' },
  imports: PythonImports,
  isPytest: boolean,
): string {
  const made = `${isPytest ? '' : 'self.'}make_file(${pythonText(value.n)}, ${pythonText(value.v)})`;
  return value.p ? `${imports.made('pathlib.Path')}(${made})` : made;
}
