import { describeDomain, type Domain } from '../properties/domain.ts';
import type { ProvenProperty } from '../properties/property.ts';

/** What a property says of its function, as a title: `is undone by decode for any text`. */
export function nameProperty({ relation, functions, domains }: ProvenProperty, withDomains = true): string {
  const ofAll = withDomains ? `for ${[...new Set(domains.map(describeDomain))].join(' and ')}` : '';
  switch (relation.kind) {
    case 'round trip':
      return `is undone by ${lastName(functions[1]!.path)} ${ofAll}`;
    case 'involution':
      return `undoes itself ${ofAll}`;
    case 'idempotent':
      return `changes nothing the second time ${ofAll}`;
    case 'commutative':
      return `does not depend on the order of its arguments ${ofAll}`;
    case 'same items':
      return `gives back every item ${ofAll}`;
    case 'keeps order':
      return `leaves items in their order ${ofAll}`;
    case 'same length':
      return `keeps the length ${ofAll}`;
    case 'no longer':
      return `gives nothing longer than its input ${ofAll}`;
    case 'ascending':
      return `gives an ascending list ${ofAll}`;
    case 'distinct':
      return `gives no item twice ${ofAll}`;
    case 'at least':
      return `is ${relation.low === 0 ? 'never negative' : `at least ${relation.low}`} ${ofAll}`;
    case 'between':
      return `stays between ${relation.low} and ${relation.high} ${ofAll}`;
    case 'pattern':
      return `gives ${relation.words.startsWith('no ') ? relation.words : `only ${relation.words}`} ${ofAll}`;
    case 'type':
      return `gives ${TYPES[relation.of]} ${ofAll}`;
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
