/** Every rule; a test compares this list with the folders. Loaded as a whole: whoever judges needs most of them. */
import { rule as clickOnStaticElement } from './accessibility/click-on-static-element.ts';
import { rule as controlWithoutName } from './accessibility/control-without-name.ts';
import { rule as documentWithoutLanguage } from './accessibility/document-without-language.ts';
import { rule as frameWithoutTitle } from './accessibility/frame-without-title.ts';
import { rule as hiddenButFocusable } from './accessibility/hidden-but-focusable.ts';
import { rule as imageWithoutAlternative } from './accessibility/image-without-alternative.ts';
import { rule as positiveTabIndex } from './accessibility/positive-tab-index.ts';
import { rule as unknownAriaAttribute } from './accessibility/unknown-aria-attribute.ts';
import { rule as assertionArgument } from './bug/assertion-argument.ts';
import { rule as assignmentInCondition } from './bug/assignment-in-condition.ts';
import { rule as asyncCallbackIgnored } from './bug/async-callback-ignored.ts';
import { rule as asyncExecutor } from './bug/async-executor.ts';
import { rule as callbackWithoutReturn } from './bug/callback-without-return.ts';
import { rule as changedWhileIterated } from './bug/changed-while-iterated.ts';
import { rule as closureInLoop } from './bug/closure-in-loop.ts';
import { rule as compareWithNan } from './bug/compare-with-nan.ts';
import { rule as constantOperand } from './bug/constant-operand.ts';
import { rule as constantReassigned } from './bug/constant-reassigned.ts';
import { rule as droppedResult } from './bug/dropped-result.ts';
import { rule as duplicateCondition } from './bug/duplicate-condition.ts';
import { rule as duplicateKey } from './bug/duplicate-key.ts';
import { rule as duplicateMember } from './bug/duplicate-member.ts';
import { rule as exceptOrder } from './bug/except-order.ts';
import { rule as formatMismatch } from './bug/format-mismatch.ts';
import { rule as getterWithoutReturn } from './bug/getter-without-return.ts';
import { rule as identicalBranches } from './bug/identical-branches.ts';
import { rule as identityWithLiteral } from './bug/identity-with-literal.ts';
import { rule as inconsistentReturn } from './bug/inconsistent-return.ts';
import { rule as initReturnsValue } from './bug/init-returns-value.ts';
import { rule as invalidTypeof } from './bug/invalid-typeof.ts';
import { rule as loopDirection } from './bug/loop-direction.ts';
import { rule as loopRunsOnce } from './bug/loop-runs-once.ts';
import { rule as missingAwait } from './bug/missing-await.ts';
import { rule as missingSelf } from './bug/missing-self.ts';
import { rule as mutableDefault } from './bug/mutable-default.ts';
import { rule as nullAfterCheck } from './bug/null-after-check.ts';
import { rule as offByOne } from './bug/off-by-one.ts';
import { rule as raisedNotImplemented } from './bug/raised-not-implemented.ts';
import { rule as readBeforeAssignment } from './bug/read-before-assignment.ts';
import { rule as regexMistake } from './bug/regex-mistake.ts';
import { rule as resourceNotClosed } from './bug/resource-not-closed.ts';
import { rule as returnInFinally } from './bug/return-in-finally.ts';
import { rule as reusedLoopVariable } from './bug/reused-loop-variable.ts';
import { rule as sameOnBothSides } from './bug/same-on-both-sides.ts';
import { rule as selfAssignment } from './bug/self-assignment.ts';
import { rule as stripOfWords } from './bug/strip-of-words.ts';
import { rule as superForgotten } from './bug/super-forgotten.ts';
import { rule as swallowedException } from './bug/swallowed-exception.ts';
import { rule as unboundLocal } from './bug/unbound-local.ts';
import { rule as undefinedAttribute } from './bug/undefined-attribute.ts';
import { rule as undefinedExport } from './bug/undefined-export.ts';
import { rule as undefinedName } from './bug/undefined-name.ts';
import { rule as unreachableCode } from './bug/unreachable-code.ts';
import { rule as uselessExpression } from './bug/useless-expression.ts';
import { rule as wrongArgumentCount } from './bug/wrong-argument-count.ts';
import { rule as neverTakenBranch } from './dead-code/never-taken-branch.ts';
import { rule as unusedBinding } from './dead-code/unused-binding.ts';
import { rule as unusedLocal } from './dead-code/unused-local.ts';
import { rule as valueNeverRead } from './dead-code/value-never-read.ts';
import { rule as godComponent } from './design/god-component.ts';
import { rule as hubModule } from './design/hub-module.ts';
import { rule as importCycle } from './design/import-cycle.ts';
import { rule as layerBreach } from './design/layer-breach.ts';
import { rule as awaitInLoop } from './performance/await-in-loop.ts';
import { rule as blockingInAsync } from './performance/blocking-in-async.ts';
import { rule as cachedMethod } from './performance/cached-method.ts';
import { rule as explodingRegex } from './performance/exploding-regex.ts';
import { rule as leakedEffect } from './performance/leaked-effect.ts';
import { rule as leakedListener } from './performance/leaked-listener.ts';
import { rule as membershipInLoop } from './performance/membership-in-loop.ts';
import { rule as quadraticBuilding } from './performance/quadratic-building.ts';
import { rule as missingCache } from './performance/missing-cache.ts';
import { rule as queryInLoop } from './performance/query-in-loop.ts';
import { rule as sortForExtreme } from './performance/sort-for-extreme.ts';
import { rule as brainMethod } from './smell/brain-method.ts';
import { rule as complexFunction } from './smell/complex-function.ts';
import { rule as dataClump } from './smell/data-clump.ts';
import { rule as divergentChange } from './smell/divergent-change.ts';
import { rule as featureEnvy } from './smell/feature-envy.ts';
import { rule as godClass } from './smell/god-class.ts';
import { rule as longParameterList } from './smell/long-parameter-list.ts';
import { rule as lowCohesion } from './smell/low-cohesion.ts';
import { rule as messageChain } from './smell/message-chain.ts';
import { rule as refusedBequest } from './smell/refused-bequest.ts';
import { rule as shotgunSurgery } from './smell/shotgun-surgery.ts';
import { rule as typeSwitch } from './smell/type-switch.ts';
import { rule as comparisonWithSingleton } from './standards/comparison-with-singleton.ts';
import { rule as docstringStyle } from './standards/docstring-style.ts';
import { rule as importOrder } from './standards/import-order.ts';
import { rule as looseEquality } from './standards/loose-equality.ts';
import { rule as missingDocumentation } from './standards/missing-documentation.ts';
import { rule as nameAgainstConvention } from './standards/name-against-convention.ts';
import { rule as typeCompared } from './standards/type-compared.ts';
import { rule as wildcardImport } from './standards/wildcard-import.ts';
import type { Rule } from './rule.ts';

export const builtInRules: readonly Rule[] = [
  clickOnStaticElement,
  controlWithoutName,
  documentWithoutLanguage,
  frameWithoutTitle,
  hiddenButFocusable,
  imageWithoutAlternative,
  positiveTabIndex,
  unknownAriaAttribute,
  assertionArgument,
  assignmentInCondition,
  asyncCallbackIgnored,
  asyncExecutor,
  callbackWithoutReturn,
  changedWhileIterated,
  closureInLoop,
  compareWithNan,
  constantOperand,
  constantReassigned,
  droppedResult,
  duplicateCondition,
  duplicateKey,
  duplicateMember,
  exceptOrder,
  formatMismatch,
  getterWithoutReturn,
  identicalBranches,
  identityWithLiteral,
  inconsistentReturn,
  initReturnsValue,
  invalidTypeof,
  loopDirection,
  loopRunsOnce,
  missingAwait,
  missingSelf,
  mutableDefault,
  nullAfterCheck,
  offByOne,
  raisedNotImplemented,
  readBeforeAssignment,
  regexMistake,
  resourceNotClosed,
  returnInFinally,
  reusedLoopVariable,
  sameOnBothSides,
  selfAssignment,
  stripOfWords,
  superForgotten,
  swallowedException,
  unboundLocal,
  undefinedAttribute,
  undefinedExport,
  undefinedName,
  unreachableCode,
  uselessExpression,
  wrongArgumentCount,
  neverTakenBranch,
  unusedBinding,
  unusedLocal,
  valueNeverRead,
  godComponent,
  hubModule,
  importCycle,
  layerBreach,
  awaitInLoop,
  blockingInAsync,
  cachedMethod,
  explodingRegex,
  leakedEffect,
  leakedListener,
  membershipInLoop,
  quadraticBuilding,
  missingCache,
  queryInLoop,
  sortForExtreme,
  brainMethod,
  complexFunction,
  dataClump,
  divergentChange,
  featureEnvy,
  godClass,
  longParameterList,
  lowCohesion,
  messageChain,
  refusedBequest,
  shotgunSurgery,
  typeSwitch,
  comparisonWithSingleton,
  docstringStyle,
  importOrder,
  looseEquality,
  missingDocumentation,
  nameAgainstConvention,
  typeCompared,
  wildcardImport,
];
