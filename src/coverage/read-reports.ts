/** Coverage and results of tests that other tools wrote: LCOV, Cobertura, JUnit, told apart by what they hold. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { readCobertura } from '#formats/coverage/cobertura.ts';
import { readLcov } from '#formats/coverage/lcov.ts';
import { readJunit } from '#formats/tests/junit-tests.ts';
import type { Coverage } from '#model/coverage.ts';
import type { TestResults } from '#model/test-results.ts';

export interface ReadReport {
  readonly file: string;
  readonly format: 'LCOV' | 'Cobertura' | 'JUnit';
  readonly coverage: Coverage | undefined;
  readonly results: TestResults | undefined;
  /** Files that it tells of and that are not of the tree. */
  readonly foreign: readonly string[];
}

const LARGEST = 512 * 1024 ** 2;

/** `pathOf`: of a path in a report, the tree's own. */
export function readReport(file: string, pathOf: (reported: string) => string | undefined): ReadReport {
  const text = textOf(file);
  const base = { file, coverage: undefined, results: undefined, foreign: [] };
  if (/<testsuites?[\s>]/.test(text)) {
    const name = path.basename(file);
    return { ...base, format: 'JUnit', results: { name, tests: readJunit(text, pathOf) } };
  }
  if (/<coverage[\s>]/.test(text)) return { ...base, format: 'Cobertura', ...ofTree(readCobertura(text), pathOf) };
  if (/^SF:/m.test(text)) return { ...base, format: 'LCOV', ...ofTree(readLcov(text), pathOf) };
  throw new TrowelError('usage', `${file} is no report that is known.`, {
    hint: 'Coverage is read as LCOV or Cobertura, results of tests as JUnit XML.',
  });
}

function textOf(file: string): string {
  try {
    if (statSync(file).size > LARGEST) throw new TrowelError('too-large', `${file} is too large to be read.`);
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof TrowelError) throw cause;
    throw new TrowelError('not-found', `${file} could not be read.`, { hint: 'Is there such a file?', cause });
  }
}

function ofTree(
  coverage: Coverage,
  pathOf: (reported: string) => string | undefined,
): Pick<ReadReport, 'coverage' | 'foreign'> {
  const foreign: string[] = [];
  const files = coverage.files.flatMap((file) => {
    const own = pathOf(file.path);
    if (own === undefined) foreign.push(file.path);
    return own === undefined ? [] : [{ ...file, path: own }];
  });
  return { coverage: { ...coverage, files }, foreign };
}
