import { describeDomain, type Domain } from '../properties/domain.ts';
import type { ProvenProperty } from '../properties/property.ts';

/** What a property says of its function, as a title: `is undone by decode for any text`. */
export function nameProperty({ relation, functions, domains }: ProvenProperty, withDomains = true): string {
  const ofAll = withDomains ? `for ${[...new Set(domains.map(describeDomain))].join(' and ')}` : '';
  const phrase = `${phraseOf(relation, functions)} ${ofAll}`;
  // The group is called after the class.
  return withDomains && functions[0]!.receiver ? `${lastName(functions[0]!.path)} ${phrase}` : phrase;
}

function phraseOf(relation: ProvenProperty['relation'], functions: ProvenProperty['functions']): string {
  switch (relation.kind) {
    case 'round trip':
      return `is undone by ${lastName(functions[1]!.path)}`;
    case 'stored':
      return `keeps what ${lastName(functions[1]!.path)} ${relation.as === 'value' ? 'gives back' : 'finds'}`;
    case 'involution':
      return `undoes itself`;
    case 'idempotent':
      return `changes nothing the second time`;
    case 'commutative':
      return `does not depend on the order of its arguments`;
    case 'same items':
      return `gives back every item`;
    case 'keeps order':
      return `leaves items in their order`;
    case 'same length':
      return `keeps the length`;
    case 'no longer':
      return `gives nothing longer than its input`;
    case 'ascending':
      return `gives an ascending list`;
    case 'distinct':
      return `gives no item twice`;
    case 'at least':
      return `is ${relation.low === 0 ? 'never negative' : `at least ${relation.low}`}`;
    case 'between':
      return `stays between ${relation.low} and ${relation.high}`;
    case 'pattern':
      return `gives ${relation.words.startsWith('no ') ? relation.words : `only ${relation.words}`}`;
    case 'type':
      return `gives ${TYPES[relation.of]}`;
  }
}

const TYPES = { string: 'a text', number: 'a number', integer: 'an integer', boolean: 'true or false', list: 'a list' };

function lastName(path: readonly string[]): string {
  return path.filter((part) => part !== 'default').at(-1) ?? 'the other';
}

/** Names for the inputs: those of the parameters where they can be used. */
export function nameInputs({ names, domains }: ProvenProperty, taken: ReadonlySet<string>): string[] {
  const used = new Set([...taken, 'result', 'results', 'again', 'fc', 'st']);
  return domains.map((domain, i) => {
    const wanted = names[i] ?? '';
    const usable = /^[a-z][A-Za-z0-9_]{0,20}$/.test(wanted) && !UNUSABLE.has(wanted) && !/^argument\d+$/.test(wanted);
    const base = usable ? wanted : plainName(domain);
    let name = base;
    for (let number = 2; used.has(name); number++) name = `${base}${number}`;
    used.add(name);
    return name;
  });
}

const UNUSABLE = new Set(
  'it test expect describe assert in is of do if for new var let const class delete default function return str int list dict set type object def lambda from import not or and None True False self arguments eval yield await async enum export static with while void this throw try catch finally switch case super null true false typeof instanceof'.split(
    ' ',
  ),
);

function plainName(domain: Domain): string {
  switch (domain.kind) {
    case 'text':
    case 'matching':
      return 'text';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'flag';
    case 'bytes':
      return 'bytes_';
    case 'list':
      return 'items';
    case 'dictionary':
    case 'record':
      return 'data';
    case 'one-of':
      return 'value';
  }
}
