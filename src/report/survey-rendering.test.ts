import { describe, expect, it } from 'vitest';
import { surveyPage } from './html/survey-page.ts';
import { sampleSurvey } from './sample-survey.ts';
import { surveyForTerminal } from './survey-terminal.ts';
import { cells, fit, wrap } from './terminal-canvas.ts';

const everything = { width: 100, color: true, unicode: true };

describe('the survey in a terminal', () => {
  it('never exceeds the width it was given', () => {
    for (const width of [80, 100, 140]) {
      const lines = surveyForTerminal(sampleSurvey(), { width, color: false, unicode: true }).split('\n');
      expect(lines.filter((line) => cells(line) > width)).toEqual([]);
    }
  });

  it('lets no control character of the repository through', () => {
    const text = surveyForTerminal(sampleSurvey(), { ...everything, color: false });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('speaks ASCII where the terminal does', () => {
    const survey = { ...sampleSurvey(), cycles: [] };
    expect(surveyForTerminal(survey, { width: 100, color: false, unicode: false })).not.toMatch(/[█▏▁→■]/);
  });

  it('says when there is no history, and judges complexity alone', () => {
    const text = surveyForTerminal(
      { ...sampleSurvey(), people: undefined, hotspots: [], activity: [], historyAbsence: 'not-a-repository' },
      everything,
    );
    expect(text).toContain('not a git repository');
    expect(text).toContain('Hard to follow');
  });

  it('names folders so that they are told apart, and what they share once', () => {
    const survey = sampleSurvey();
    const paths = ['src/main/java/app', 'src/main/java/app/api', 'src/main/java/app/store/api'];
    const text = surveyForTerminal(
      {
        ...survey,
        modules: paths.map((path, index) => ({ ...survey.modules[index]!, path })),
        dependencies: paths.slice(1).map((to) => ({ from: paths[0]!, to, weight: 3, upward: false })),
        cycles: [
          {
            files: ['a/parse/mod.rs', 'a/parse/bits.rs'],
            example: ['a/parse/mod.rs', 'a/parse/bits.rs'],
            typeOnly: false,
          },
        ],
      },
      { ...everything, color: false },
    );
    expect(text).toContain('Architecture  under src/main/java/app');
    expect(text).toMatch(/^ {2}\. .* app\/api, store\/api$/m);
    expect(text).toContain('parse/mod.rs → parse/bits.rs → parse/mod.rs');
  });

  it('wraps prose with its indentation', () => {
    expect(wrap({ width: 12, color: false, unicode: true }, '  one two three four', '    ')).toEqual([
      '  one two',
      '    three',
      '    four',
    ]);
  });

  it('cuts by display cells and keeps the end of paths', () => {
    expect(cells('日本')).toBe(4);
    expect(fit('a/very/long/path.ts', 10, 'end')).toBe('…g/path.ts');
    expect(cells(fit('日本語日本語', 7))).toBeLessThanOrEqual(7);
  });
});

describe('the survey as a page', () => {
  it('holds every section, asks nothing of the network and escapes what the repository says', () => {
    const page = surveyPage(sampleSurvey());
    for (const id of ['architecture', 'map', 'reading', 'symbols', 'hotspots', 'cycles', 'history', 'trust'])
      expect(page).toContain(`<section id="${id}">`);
    expect(page).not.toContain('<script>alert');
    expect(page).not.toMatch(/(?:src|href)="(?!#)/);
    expect(page.match(/class="file"/g)).toHaveLength(120);
    expect(page).toContain("default-src 'none'");
  });

  it('leaves out what is not known', () => {
    const page = surveyPage({ ...sampleSurvey(), people: undefined, hotspots: [], cycles: [], modules: [], files: [] });
    expect(page).not.toContain('<section id="history">');
    expect(page).not.toContain('<section id="architecture">');
    expect(page).toContain('No code lines to draw.');
  });
});
