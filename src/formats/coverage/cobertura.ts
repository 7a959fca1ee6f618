/** Cobertura's XML (coverage-04.dtd), as CI systems read it. */
import type { Coverage, CoverageOfFile, Share } from '#model/coverage.ts';
import { escapedXml, xmlParts } from '../xml-parts.ts';
import { coverageOf, type RawFile } from './raw-file.ts';

export interface CoberturaOrigin {
  readonly root: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** A share as a rate; of nothing it is 0: there is no proof in it. */
const rate = ({ total, covered }: Share): string => (total === 0 ? '0' : (covered / total).toFixed(4));
const hitsOf = ({ hits, importOnly }: { readonly hits: number; readonly importOnly: boolean }): number =>
  hits > 0 ? hits : importOnly ? 1 : 0;

export function coberturaOf(coverage: Coverage, { root, time }: CoberturaOrigin): string {
  const packages = Map.groupBy(coverage.files, ({ path }) => path.split('/').slice(0, -1).join('.'));
  const { lines, branches } = coverage;
  const parts = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">',
    `<coverage line-rate="${rate(lines)}" branch-rate="${rate(branches)}" lines-covered="${lines.covered}" lines-valid="${lines.total}" ` +
      `branches-covered="${branches.covered}" branches-valid="${branches.total}" complexity="0" version="0.1" timestamp="${time}">`,
    `  <sources><source>${escapedXml(root)}</source></sources>`,
    '  <packages>',
  ];
  for (const [name, files] of packages) {
    const share = (pick: (file: CoverageOfFile) => Share): string =>
      rate({
        total: files.reduce((sum, file) => sum + pick(file).total, 0),
        covered: files.reduce((sum, file) => sum + pick(file).covered, 0),
        importOnly: 0,
      });
    parts.push(
      `    <package name="${escapedXml(name)}" line-rate="${share((file) => file.lineShare)}" branch-rate="${share((file) => file.branchShare)}" complexity="0">`,
      '      <classes>',
      ...files.flatMap(classOf),
      '      </classes>',
      '    </package>',
    );
  }
  parts.push('  </packages>', '</coverage>', '');
  return parts.join('\n');
}

function classOf(file: CoverageOfFile): string[] {
  const arms = Map.groupBy(file.branches, ({ line }) => line);
  const line = (number: number, hits: number): string => {
    const all = (arms.get(number) ?? []).flatMap((branch) => branch.arms);
    if (all.length === 0) return `<line number="${number}" hits="${hits}"/>`;
    const covered = all.filter((arm) => hitsOf(arm) > 0).length;
    const percent = Math.round((100 * covered) / all.length);
    return `<line number="${number}" hits="${hits}" branch="true" condition-coverage="${percent}% (${covered}/${all.length})"/>`;
  };
  return [
    `        <class name="${escapedXml(file.path.split('/').at(-1)!)}" filename="${escapedXml(file.path)}" line-rate="${rate(file.lineShare)}" branch-rate="${rate(file.branchShare)}" complexity="0">`,
    '          <methods>',
    ...file.functions.map(
      (each) =>
        `            <method name="${escapedXml(each.name === '' ? `(anonymous_${each.line})` : each.name)}" signature="()" line-rate="${hitsOf(each) > 0 ? 1 : 0}" branch-rate="0" complexity="0"><lines><line number="${each.line}" hits="${hitsOf(each)}"/></lines></method>`,
    ),
    '          </methods>',
    '          <lines>',
    ...file.lines.map((each) => `            ${line(each.line, hitsOf(each))}`),
    '          </lines>',
    '        </class>',
  ];
}

/** Of other tools, too. Only tags and their attributes count: no entity is expanded, nothing is loaded. */
export function readCobertura(xml: string): Coverage {
  const files = new Map<string, RawFile>();
  let file: RawFile | undefined;
  let method: { name: string } | undefined;
  for (const part of xmlParts(xml)) {
    if (part.kind === 'text') continue;
    const { tag } = part;
    const isOpen = part.kind === 'open';
    if (tag === 'method') method = isOpen && !part.isEmpty ? { name: part.attributes.get('name') ?? '' } : undefined;
    if (!isOpen) continue;
    const { attributes } = part;
    if (tag === 'class') {
      const path = attributes.get('filename') ?? '';
      file = files.get(path) ?? { path, lines: new Map(), branches: new Map(), functions: new Map() };
      files.set(path, file);
    } else if (tag === 'line' && file) {
      const number = Number(attributes.get('number'));
      const hits = Number(attributes.get('hits') ?? 0);
      if (method) {
        if (!file.functions.has(method.name)) file.functions.set(method.name, { line: number, hits });
        continue;
      }
      file.lines.set(number, Math.max(file.lines.get(number) ?? 0, hits));
      const condition = /\((\d+)\/(\d+)\)/.exec(attributes.get('condition-coverage') ?? '');
      if (condition) {
        const [covered, total] = [Number(condition[1]), Math.min(Number(condition[2]), 10_000)];
        const arms = new Map(Array.from({ length: total }, (_, index) => [String(index), index < covered ? 1 : 0]));
        file.branches.set(String(number), { line: number, arms });
      }
    }
  }
  return coverageOf([...files.values()]);
}
