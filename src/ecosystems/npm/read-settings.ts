/** A configuration file of any notation as a static value. */
import { evaluateScript } from '../evaluate-script.ts';
import type { ProjectFiles } from '../project-files.ts';
import { readJson, readToml, readYaml } from '../read-data.ts';
import { fromData, type StaticValue, unknownParts } from '../static-value.ts';
import type { UnreadPart } from '../ecosystem.ts';

export interface SettingsReading {
  readonly value: StaticValue | undefined;
  readonly unread: readonly UnreadPart[];
}

export function readSettings(project: ProjectFiles, path: string): SettingsReading {
  const text = project.text(path);
  if (text === undefined) return { value: undefined, unread: [{ path, line: 1, what: 'the file cannot be read' }] };
  if (/\.[cm]?[jt]sx?$/.test(path)) {
    const reading = evaluateScript(path, text);
    if (!reading) return { value: undefined, unread: [{ path, line: 1, what: 'the file does not parse' }] };
    return { value: reading.exported, unread: unknownParts(reading.exported).map((part) => ({ path, ...part })) };
  }
  const reading = /\.ya?ml$/.test(path)
    ? readYaml(text)
    : path.endsWith('.toml')
      ? readToml(text)
      : /^\s*(?:[{["]|\/[/*])/.test(text)
        ? readJson(text)
        : readYaml(text);
  if ('error' in reading) return { value: undefined, unread: [{ path, line: reading.line, what: reading.error }] };
  return { value: fromData(reading.data), unread: [] };
}
