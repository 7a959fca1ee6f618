/** How objects work together. */
import type { ClassModel, MethodModel } from './class-model.ts';
import { found, named, type PatternFinder, symbolsOf } from './pattern-finder.ts';

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A list that others put themselves into, and a method that tells each of them. */
export const observers: PatternFinder = function* (classes) {
  for (const subject of classes.all)
    for (const field of subject.fields) {
      const name = quoted(field.name);
      const attach = subject.methods.find(({ symbol, source }) =>
        symbol.parameters.some((parameter) =>
          new RegExp(`\\b${name}\\s*\\.\\s*(?:append|push|add)\\(\\s*${quoted(parameter.name)}\\s*\\)`).test(source),
        ),
      );
      if (!attach) continue;
      const notify = subject.methods.find((method) => method !== attach && tellsEach(method.source, name));
      if (!notify) continue;
      // Parts of the same kind as the whole are a composite, and what is told apart by its class is a visitor's.
      const told = notify.calls.filter(
        ({ parent }) => parent !== undefined && !classes.isA(subject.symbol.id, parent) && parent !== subject.symbol.id,
      );
      if (
        notify.calls.some(
          ({ parent }) =>
            parent !== undefined && classes.family(subject.symbol.id).has(parent) && parent !== subject.symbol.id,
        )
      )
        continue;
      const listeners = [...new Set(told.flatMap(({ parent }) => classes.get(parent!) ?? []))];
      const isSaid = /^(?:add|on|attach|subscribe|register|listen|watch|connect|observe)/i.test(attach.symbol.name);
      if (!isSaid || (/(?:command|task|job|step|handler_chain)s?$/i.test(field.name) && listeners.length < 2)) continue;
      yield found(
        'observer',
        `${attach.symbol.name} takes listeners into ${field.name}, and ${notify.symbol.name} tells each of them.`,
        [
          ['subject', subject.symbol],
          ['attach', attach.symbol],
          ['notify', notify.symbol],
          ...(listeners.length > 0 ? ([['observer', symbolsOf(listeners)]] as const) : []),
        ],
      );
      break;
    }
};

function tellsEach(source: string, field: string): boolean {
  const each = new RegExp(
    `\\bfor\\b\\s*\\(?\\s*(?:const\\s+|let\\s+|var\\s+|[\\w<>?]+\\s+)?(\\w+)\\s*(?:in|of|:)\\s*[^\\n]*\\b${field}\\b`,
  ).exec(source)?.[1];
  if (each !== undefined)
    return new RegExp(`(?:^|\\)\\s*\\{?)\\s*(?:await\\s+)?${each}(?:\\s*\\.\\s*\\w+)?\\(`, 'm').test(
      source.slice(source.search(/\bfor\b/)),
    );
  const arrow = new RegExp(
    `\\b${field}\\s*\\.forEach\\(\\s*\\(?(\\w+)\\)?\\s*(?:=>|->)\\s*\\{?\\s*\\1(?:\\s*\\.\\s*\\w+)?\\(`,
  );
  return arrow.test(source);
}

/** A member that is chosen from outside, and one that its own members change: who knows the context, and who sets it anew. */
export const strategiesAndStates: PatternFinder = function* (classes) {
  for (const context of classes.all) {
    if (context.symbol.kind === 'interface') continue;
    for (const [field, types] of context.holds) {
      const isRole = (model: ClassModel): boolean => model.isAbstract && classes.concrete(model.symbol.id).length >= 2;
      const declared = [...types].flatMap((id) => classes.get(id) ?? []).find(isRole);
      // Without declared types, what all that it was seen to hold is.
      const role =
        declared ??
        [...types]
          .flatMap((id) => [...classes.family(id)])
          .flatMap((id) => classes.get(id) ?? [])
          .find((model) => isRole(model) && [...types].every((id) => classes.isA(id, model.symbol.id)));
      const record = context.fields.find(({ id }) => id === field);
      if (!role || !record || classes.isA(context.symbol.id, role.symbol.id)) continue;
      const users = context.methods.filter(({ handedOn }) => handedOn.some((to) => to.field.id === field));
      if (users.length === 0) continue;
      const concrete = classes.concrete(role.symbol.id);
      const setters = context.methods.filter(({ writes }) => writes.has(field));
      const setterIds = new Set(setters.map(({ symbol }) => symbol.id));
      const turning = concrete.filter(({ methods }) =>
        methods.some(
          (method) =>
            method.writes.has(field) ||
            method.calls.some(({ id }) => setterIds.has(id)) ||
            (concrete.some(({ symbol }) => method.made.has(symbol.id)) && setsField(method, record.name)),
        ),
      );
      const own = setters.filter(({ made }) => concrete.some(({ symbol }) => made.has(symbol.id)));
      if (turning.length > 0 || own.length >= 2) {
        yield found(
          'state',
          turning.length > 0
            ? `What it does depends on ${record.name}, and ${named(symbolsOf(turning))} put the next one in its place.`
            : `What it does depends on ${record.name}, and ${named(own.map(({ symbol }) => symbol))} put another in its place.`,
          [
            ['context', context.symbol],
            ['state', role.symbol],
            ['concrete state', symbolsOf(concrete)],
          ],
        );
        break;
      }
      if (!declared) continue;
      const isChosen =
        context.given.has(field) || setters.some(({ symbol, made }) => symbol.parameters.length > 0 && made.size === 0);
      const isSmall = role.methods.length <= 4;
      // Heirs of the context make a bridge of it; members that hand on to something else are commands.
      if (!isChosen || !isSmall || classes.heirs(context.symbol.id).length > 0) continue;
      if (concrete.filter(isCarrier).length * 2 > concrete.length && role.methods.length === 1) continue;
      yield found(
        'strategy',
        `It is given one of ${concrete.length} ways (${record.name}) and leaves ${named(users.map(({ symbol }) => symbol))} to it.`,
        [
          ['context', context.symbol],
          ['strategy', role.symbol],
          ['concrete strategy', symbolsOf(concrete)],
        ],
      );
      break;
    }
  }
};

/** Of an object that it is given. */
function setsField({ symbol, source }: MethodModel, field: string): boolean {
  return symbol.parameters.some(
    ({ name }) =>
      name !== 'self' &&
      name !== 'this' &&
      new RegExp(`\\b${quoted(name)}\\s*\\.\\s*${quoted(field)}\\s*=(?!=)`).test(source),
  );
}

/** It holds a receiver that it was given, and does its work on it. */
function isCarrier(model: ClassModel): boolean {
  return model.methods.some(({ handedOn, symbol }) =>
    handedOn.some(({ field, target }) => model.given.has(field.id) && target.name !== symbol.name),
  );
}

/** Requests as objects: each knows who carries it out, and somebody runs them without knowing what they are. */
export const commands: PatternFinder = function* (classes) {
  for (const command of classes.all) {
    if (!command.isAbstract || command.methods.length > 3) continue;
    const concrete = classes.concrete(command.symbol.id).filter(isCarrier);
    if (concrete.length < 2) continue;
    const run = command.methods.find(({ symbol }) =>
      concrete.every(({ methods }) => methods.some((each) => each.symbol.name === symbol.name)),
    );
    if (!run || run.symbol.parameters.filter(({ name }) => name !== 'self').length > 0) continue;
    const names = new Set([command.symbol.id, ...symbolsOf(concrete).map(({ id }) => id)]);
    const invokers = classes.all.filter(
      (each) =>
        !classes.isA(each.symbol.id, command.symbol.id) &&
        each.methods.some(({ calls }) =>
          calls.some(({ name, parent }) => name === run.symbol.name && parent !== undefined && names.has(parent)),
        ),
    );
    if (invokers.length === 0) continue;
    const receivers = [
      ...new Set(
        concrete.flatMap(({ methods, given }) =>
          methods.flatMap(({ handedOn }) =>
            handedOn.filter(({ field }) => given.has(field.id)).map(({ owner }) => owner),
          ),
        ),
      ),
    ].flatMap((id) => classes.get(id) ?? []);
    yield found(
      'command',
      `${named(symbolsOf(concrete))} each hold what they work on, and ${named(symbolsOf(invokers))} runs them by ${run.symbol.name} alone.`,
      [
        ['command', command.symbol],
        ['concrete command', symbolsOf(concrete)],
        ['receiver', symbolsOf(receivers)],
        ['invoker', symbolsOf(invokers)],
      ],
    );
  }
};

/** A fixed course with steps that heirs fill in. */
export const templateMethods: PatternFinder = function* (classes) {
  for (const model of classes.all) {
    const heirs = classes.heirs(model.symbol.id);
    if (heirs.length === 0) continue;
    for (const course of model.methods) {
      if (
        course.isAbstract ||
        course.isStatic ||
        heirs.some(({ methods }) => methods.some(({ symbol }) => symbol.name === course.symbol.name))
      )
        continue;
      const steps = model.methods.filter((each) => course.ownCalls.has(each.symbol.id) && each !== course);
      const filled = steps.filter((step) =>
        heirs.some(({ methods }) => methods.some(({ symbol }) => symbol.name === step.symbol.name)),
      );
      const abstract = filled.filter(({ isAbstract }) => isAbstract);
      if (filled.length < 2 || abstract.length === 0) continue;
      yield found(
        'template-method',
        `${course.symbol.name} says in which order, and heirs say how: ${named(filled.map(({ symbol }) => symbol))}.`,
        [
          ['abstract class', model.symbol],
          ['template method', course.symbol],
          ['step', filled.map(({ symbol }) => symbol)],
          ['concrete class', symbolsOf(heirs.filter(({ isAbstract }) => !isAbstract))],
        ],
      );
      break;
    }
  }
};

/** An object that remembers how far it came. */
export const iterators: PatternFinder = function* (classes) {
  for (const model of classes.all) {
    if (model.symbol.kind === 'interface') continue;
    const method = (...names: readonly string[]): MethodModel | undefined =>
      model.methods.find(({ symbol }) => names.includes(symbol.name));
    const next = method('__next__', 'next');
    if (!next || next.isAbstract || next.isStatic) continue;
    const isIterator =
      (next.symbol.name === '__next__' && method('__iter__') !== undefined) ||
      method('hasNext', 'has_next') !== undefined ||
      model.methods.some(({ symbol }) =>
        /Symbol\.iterator|\[Symbol\.asyncIterator\]/.test(symbol.signature ?? symbol.name),
      ) ||
      /\bdone\s*:/.test(next.source);
    if (!isIterator || model.fields.length === 0) continue;
    const aggregates = classes.all.filter(
      (each) => each !== model && each.methods.some(({ returned }) => returned.has(model.symbol.id)),
    );
    yield found('iterator', `${next.symbol.name} gives one after the other and remembers where it is.`, [
      ['iterator', model.symbol],
      ...(aggregates.length > 0 ? ([['aggregate', symbolsOf(aggregates)]] as const) : []),
    ]);
  }
};

/** Elements that call, on what visits them, the method for their own kind. */
export const visitors: PatternFinder = function* (classes) {
  const byMethod = new Map<
    string,
    { readonly element: ClassModel; readonly asks: string; readonly base: ClassModel; readonly accept: MethodModel }[]
  >();
  for (const element of classes.all)
    for (const accept of element.methods) {
      const asked = /\b(\w+)\s*\.\s*(\w+)\(\s*(?:self|this)\s*[,)]/.exec(accept.source);
      if (!asked || !accept.symbol.parameters.some(({ name }) => name === asked[1])) continue;
      const [base] = classes.overridden(element, accept.symbol.name);
      if (!base) continue;
      const key = `${base.symbol.id} ${accept.symbol.name}`;
      byMethod.set(key, [...(byMethod.get(key) ?? []), { element, asks: asked[2]!, base, accept }]);
    }
  for (const group of byMethod.values()) {
    const asks = new Set(group.map((each) => each.asks));
    if (asks.size < 2) continue;
    const visiting = classes.all.filter(({ methods }) =>
      [...asks].every((name) => methods.some(({ symbol }) => symbol.name === name)),
    );
    if (visiting.length === 0) continue;
    const { base, accept } = group[0]!;
    yield found(
      'visitor',
      `${named(symbolsOf(group.map(({ element }) => element)))} each call, by ${accept.symbol.name}, the method of the visitor that is meant for them.`,
      [
        ['element', base.symbol],
        ['concrete element', symbolsOf(group.map(({ element }) => element))],
        ['visitor', symbolsOf(visiting)],
      ],
    );
  }
};

/** Handlers that do it or pass it on to the next. */
export const chains: PatternFinder = function* (classes) {
  for (const handler of classes.all) {
    const heirs = classes.heirs(handler.symbol.id);
    if (heirs.length < 2) continue;
    for (const [field, types] of handler.holds) {
      if (![...types].some((id) => classes.isA(id, handler.symbol.id) || id === handler.symbol.id)) continue;
      const passing = handler.methods.find(
        ({ symbol, handedOn, source }) =>
          handedOn.some((to) => to.field.id === field && to.target.name === symbol.name) &&
          /\bif\b|\?|&&|\band\b/.test(source),
      );
      if (!passing) continue;
      const own = heirs.filter(({ methods }) =>
        methods.some(({ symbol }) => symbol.name === passing.symbol.name || passing.ownCalls.size > 0),
      );
      const record = handler.fields.find(({ id }) => id === field);
      if (own.length < 2 || !record) continue;
      yield found(
        'chain-of-responsibility',
        `${passing.symbol.name} goes on to the next handler (${record.name}) where this one does not answer; ${named(symbolsOf(own))} decide for themselves.`,
        [
          ['handler', handler.symbol],
          ['successor', record],
          ['concrete handler', symbolsOf(own)],
        ],
      );
      break;
    }
  }
};
