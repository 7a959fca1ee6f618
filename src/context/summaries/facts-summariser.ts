import type { Summariser } from './summaries.ts';
import type { SummarySubject } from './summary-subject.ts';

/** From facts alone: the first sentence of its documentation, else what its name and its parts say. */
export const factsSummariser: Summariser = {
  id: 'facts-1',
  summarise(subject) {
    const said = firstSentence(subject.documentation);
    if (said !== undefined) return said;
    return subject.members.length > 0 ? container(subject) : callable(subject);
  },
};

const LONGEST = 200;

function firstSentence(documentation: string | undefined): string | undefined {
  const paragraph = documentation
    ?.trim()
    .split(/\n\s*\n|\n\s*[@:]\w/)[0]
    ?.replace(/\s+/g, ' ')
    .trim();
  if (paragraph === undefined || !/\p{L}/u.test(paragraph)) return undefined;
  const sentence = /^.*?[.!?](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph;
  return sentence.length <= LONGEST ? sentence : `${sentence.slice(0, LONGEST - 1)}…`;
}

function container({ kind, bases, members }: SummarySubject): string {
  const groups = Map.groupBy(members, (member) => member.kind);
  const told = [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, 3)
    .map(
      ([of, list]) =>
        `${plural(of, list.length)} ${some(
          list.map(({ name }) => name),
          5,
        )}`,
    );
  return `${capital(kind)}${bases.length > 0 ? ` based on ${some(bases, 3)}` : ''} with ${told.join('; ')}.`;
}

function callable({ kind, name, parameters, returnType, calls, lines }: SummarySubject): string {
  const parts = [
    parameters.length > 0 ? `takes ${some(parameters, 5)}` : '',
    returnType ? `gives ${returnType.replace(/\s+/g, ' ').slice(0, 60)}` : '',
    calls.length > 0 ? `calls ${some(calls, 5)}` : '',
  ].filter((part) => part !== '');
  return `${capital(words(name) || kind)}${parts.length > 0 ? `: ${parts.join('; ')}` : ` (${plural('line', lines)})`}.`;
}

function words(name: string): string {
  return name
    .replace(/^.*\//, '')
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .trim()
    .toLowerCase();
}

function some(names: readonly string[], limit: number): string {
  const told = names.slice(0, limit).join(', ');
  return names.length > limit ? `${told} and ${names.length - limit} more` : told;
}

function plural(word: string, count: number): string {
  return count === 1
    ? `1 ${word}`
    : `${count} ${word}${/(?:s|x|ch)$/.test(word) ? 'es' : word.endsWith('y') ? '' : 's'}`.replace(/y$/, 'ies');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
