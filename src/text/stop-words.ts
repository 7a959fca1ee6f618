/** Words of English questions that say nothing about code, and what people wrap a question in. Stems, as `wordsOf` yields them. */
import { wordsOf } from './words.ts';

const english = `a about after again all also am an and any are as at be because been before being between both but by can cannot
could did do does doing done during each either else ever few for from further gets had has have having he her here hers him his
how however i if in into is it its itself just let like me more most my no nor not now of off on once one only or other our out
over own per same she should since so some such than that the their them then there these they this those through to too under
until up upon us use used uses using very via was we were what when where whether which while who whom whose why will with within
without would you your`;

/** `not`, `if`, `for`, `in`, `return` are noise in prose and keywords in code alike. */
export const stopWords: ReadonlySet<string> = new Set(wordsOf(english));

/** The words of a question without stop words; all of its words where nothing else would be left. */
export function queryWords(text: string): string[] {
  const words = wordsOf(text);
  const telling = words.filter((word) => !stopWords.has(word));
  return telling.length > 0 ? telling : words;
}
