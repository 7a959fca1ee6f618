import { expect, it } from 'vitest';
import { sampleJudgement } from '../sample-judgement.ts';
import { judgementSections } from './judgement-sections.ts';

it('shows findings, debt with its trend, dead code and duplication', () => {
  const sections = judgementSections(sampleJudgement());
  expect(sections.map(({ id }) => id)).toEqual([
    'findings',
    'debt',
    'quality',
    'testability',
    'refactorings',
    'patterns',
    'dead',
    'duplication',
  ]);
  const [findings, debt, , , , , dead, duplication] = sections.map(({ about, content }) => about + content);
  expect(findings).toContain('52 in 12 judged files');
  expect(findings).toContain('3 more are accepted');
  expect(findings!.match(/Finding \d+:/g)).toHaveLength(40);
  expect(debt).toContain('Grade B');
  expect(debt!.match(/<circle/g)).toHaveLength(3);
  expect(dead).toContain('50 %');
  expect(duplication).toContain('src/other.ts:52');
});

it('escapes what the code says, and marks names in backticks as code', () => {
  const page = judgementSections(sampleJudgement())
    .map(({ content }) => content)
    .join('');
  expect(page).not.toMatch(/<img|<script|<b>|Rule of bug <i>/);
  expect(page).toContain('<code>x</code> &#60;img');
});

it('a clean tree says so, and has no empty sections', () => {
  const view = sampleJudgement();
  const report = { ...view.report, findings: [], rules: [] };
  const debt = { ...view.debt, sum: { ...view.debt.sum, findings: 0 }, items: [] };
  const sections = judgementSections({ report, debt });
  expect(sections.map(({ id }) => id)).toEqual(['findings']);
  expect(sections[0]!.about).toContain('Nothing was found in 12 judged files.');
});
