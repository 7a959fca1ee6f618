import { z } from 'zod';
import type { Survey } from '#model/survey.ts';
import { some, withoutEmpty } from './places.ts';

const list = z.array(z.string()).optional();

export const surveyOutput = z.object({
  name: z.string(),
  size: z.string(),
  languages: list,
  readFirst: list,
  entryPoints: list,
  modules: list,
  central: list,
  hotspots: list,
  cycles: list,
});

const SHOWN = 10;

/** What a model must know before it looks closer. */
export function briefSurvey(survey: Survey): Record<string, unknown> {
  const { name, size, languages, readFirst, entryPoints, modules, central, hotspots, cycles } = survey;
  return withoutEmpty({
    name,
    size: `${size.files} files, ${size.codeLines} lines of code, ${size.testFiles} test files`,
    languages: some(languages, 6, (language) => `${language.name} ${Math.round(language.share * 100)} %`),
    readFirst: some(readFirst, SHOWN, ({ path, line, title, reason }) => `${path}:${line} ${title} (${reason})`),
    entryPoints: some(entryPoints, SHOWN, ({ path, line, reason }) => `${path}:${line} ${reason}`),
    modules: some(modules, SHOWN * 2, ({ path, files, about }) => `${path} (${files})${about ? ` ${about}` : ''}`),
    central: some(central, SHOWN, (symbol) => `${symbol.name}  ${symbol.path}:${symbol.line}`),
    hotspots: some(hotspots, 5, ({ path, commits }) => `${path} (${commits} commits)`),
    cycles: some(cycles, 5, ({ example }) => example.join(' → ')),
  });
}
