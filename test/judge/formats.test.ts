import { gunzipSync, gzipSync } from 'node:zlib';
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { expect, describe, it } from 'vitest';
import { findingFormatNames, loadFindingFormat, type FindingFormatName } from '../../src/formats/findings/registry.ts';
import type { CheckedFinding, CheckReport } from '../../src/model/check.ts';

/** The official schema is of an older draft: its `id` is today's `$id`. */
function faultsOf(log: unknown): string {
  const { id: _, $schema: __, ...rest } = schema as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });
  const validate = ajv.compile(rest);
  return validate(log) ? '' : ajv.errorsText(validate.errors);
}

const hostile = 'a <b> & "c" \u0000 ]]> \r\n::error::x % ∞ \ud800';
const finding = (index: number, more: Partial<CheckedFinding> = {}): CheckedFinding => ({
  rule: 'some-rule',
  category: 'bug',
  severity: 4,
  message: hostile,
  place: { path: 'src/a b#ü.ts', startLine: 1, startColumn: 0, endLine: 1, endColumn: 3 },
  confidence: 1,
  minutes: 5,
  fingerprint: '0123456789abcdef',
  shape: 'f',
  role: 'source',
  advisory: false,
  isNew: index % 2 === 0,
  gates: index % 2 === 0,
  ...more,
});

function report(findings: readonly CheckedFinding[]): CheckReport {
  return {
    findings,
    rules: [
      {
        id: 'some-rule',
        title: 'Title',
        reason: `${hostile}.`,
        category: 'bug',
        severity: 4,
        references: ['CWE-1', ...Array.from({ length: 30 }, (_, i) => `R${i}`)],
      },
    ],
    counts: {
      shown: findings.length,
      fresh: 1,
      gating: findings.filter(({ gates }) => gates).length,
      accepted: 0,
      suppressed: 1,
      byCategory: findings.length === 0 ? {} : { bug: findings.length },
      bySeverity: [0, 0, 0, findings.length, 0],
      minutes: 5,
    },
    suppressed: [{ rule: 'some-rule', place: finding(0).place, message: 'm', fingerprint: 'f', reason: 'because' }],
    baseline: { path: '.trowel/baseline.json', isThere: false, gone: 0, written: false },
    since: undefined,
    judgedFiles: 1,
    partialFiles: [],
    failures: [{ rule: 'some-rule', path: 'a.ts', message: hostile }],
    missing: [],
    inputs: ['1 file'],
    frames: { 0: [{ line: 1, text: hostile }] },
    document: undefined,
  };
}

async function written(name: FindingFormatName, findings: readonly CheckedFinding[]): Promise<string> {
  return (await loadFindingFormat(name)).write(report(findings), {
    version: '1.2.3',
    textOf: () => 'let a = 1;\nlet b;\n',
  });
}

const place = { path: 'src/a.ts', startLine: 1, startColumn: 0, endLine: 1, endColumn: 3, message: 'here' };
const rich = finding(0, {
  related: [place],
  flow: [place, place],
  edits: [{ path: 'src/a.ts', start: 4, end: 12, text: 'x' }],
});

describe('SARIF', () => {
  it('is valid by the official schema', async () => {
    const log: unknown = JSON.parse(await written('sarif', [rich, finding(1)]));
    expect(faultsOf(log)).toBe('');
  });

  it('the schema was really asked: a broken log is refused', () => {
    expect(faultsOf({ version: '2.1.0', runs: [{}] })).toContain('tool');
  });

  it('keeps within what GitHub takes', async () => {
    const text = await written(
      'sarif',
      Array.from({ length: 30_000 }, (_, i) => finding(i)),
    );
    const { runs } = JSON.parse(text) as {
      runs: {
        results: { partialFingerprints: Record<string, string> }[];
        tool: { driver: { rules: { properties: { tags: string[] } }[] } };
      }[];
    };
    expect(runs[0]!.results.length).toBeLessThanOrEqual(25_000);
    expect(runs[0]!.tool.driver.rules[0]!.properties.tags.length).toBeLessThanOrEqual(20);
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
    const prints = new Set(runs[0]!.results.map(({ partialFingerprints }) => partialFingerprints['trowel/v1']));
    expect(prints.size).toBeGreaterThan(20_000);
    expect(gunzipSync(gzipSync(text)).length).toBe(Buffer.byteLength(text));
  });
});

describe.each(findingFormatNames)('%s', (name) => {
  it('holds every finding and takes no text for markup', async () => {
    const text = await written(name, [rich, finding(1)]);
    expect(text.split('some-rule').length).toBeGreaterThan(1);
    expect(text).not.toContain('\u0000');
    if (name === 'junit' || name === 'checkstyle' || name === 'html') expect(text).not.toContain('a <b>');
    if (name === 'github') expect(text.split('\n').filter((line) => line !== '')).toHaveLength(2);
    if (name === 'json' || name === 'sarif' || name === 'code-climate')
      expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  it('says so when nothing was found', async () => {
    const text = await written(name, []);
    if (name === 'junit') expect(text).toContain('tests="1" failures="0"');
    if (name === 'html') expect(text).toContain('Nothing found');
    expect(typeof text).toBe('string');
  });
});
