import type { TestStyle } from '#generate/write/test-file.ts';
import type { StudiedProject } from '../proving-language.ts';

/** First version with `fc.string({ unit })` and `fc.stringMatching`. */
const OLDEST_FAST_CHECK = [3, 22] as const;

/** The library for property-based tests that the project declares or that its tests import, and that is there to be run. */
export function propertyLibrary(
  project: StudiedProject,
  tests: readonly string[],
  language: 'ecmascript' | 'python',
): Pick<TestStyle, 'properties'> {
  const name = language === 'python' ? 'hypothesis' : 'fast-check';
  const declares = project.declared?.dependencies.some((one) => one.name === name) ?? false;
  const imports = language === 'python' ? /^\s*(?:from|import) hypothesis\b/m : /['"]fast-check['"]/;
  if (!declares && !tests.slice(0, 200).some((one) => imports.test(project.readText(one) ?? ''))) return {};
  // Whether Python has it only running tells: where it has not, the suite is written without.
  if (language === 'python') return { properties: 'hypothesis' };
  const version = /"version"\s*:\s*"(\d+)\.(\d+)/.exec(project.readText('node_modules/fast-check/package.json') ?? '');
  if (!version) return {};
  const [major, minor] = [Number(version[1]), Number(version[2])];
  const isRecent = major > OLDEST_FAST_CHECK[0] || (major === OLDEST_FAST_CHECK[0] && minor >= OLDEST_FAST_CHECK[1]);
  return isRecent ? { properties: 'fast-check' } : {};
}
