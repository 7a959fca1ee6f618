/** Design patterns by their structure in the graph: few and true rather than many. */
import type { DesignPattern } from '#model/design-pattern.ts';
import type { Snapshot } from '#model/snapshot.ts';
import {
  chains,
  commands,
  iterators,
  observers,
  strategiesAndStates,
  templateMethods,
  visitors,
} from './behavioural.ts';
import { classModels } from './class-model.ts';
import { builders, factories, flyweights, prototypes, singletons } from './creational.ts';
import { mediators, mementos } from './go-betweens.ts';
import type { PatternFinder } from './pattern-finder.ts';
import { bridges, composites, facades, wrappers } from './structural.ts';

const finders: readonly PatternFinder[] = [
  singletons,
  factories,
  builders,
  prototypes,
  flyweights,
  wrappers,
  composites,
  bridges,
  facades,
  observers,
  strategiesAndStates,
  commands,
  templateMethods,
  iterators,
  visitors,
  chains,
  mediators,
  mementos,
];

/** @param isAsked whether a file's classes are looked at: what tests and generated code do says little about the design */
export function findPatterns(snapshot: Snapshot, isAsked: (path: string) => boolean): readonly DesignPattern[] {
  const classes = classModels(snapshot, isAsked);
  return finders
    .flatMap((find) => [...find(classes)])
    .sort((a, b) =>
      a.place.path !== b.place.path
        ? a.place.path < b.place.path
          ? -1
          : 1
        : a.place.startLine - b.place.startLine || (a.pattern < b.pattern ? -1 : 1),
    );
}
