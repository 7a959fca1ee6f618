import { DocumentFlag } from '#model/search-segment.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import type { Candidate } from './candidate.ts';
import { kindName } from './document-kinds.ts';
import type { RankingWeights } from './ranking-weights.ts';
import type { SearchIndex } from './search-index.ts';
import type { QueryPlan } from './understand-query.ts';

const exampleFolder =
  /(?:^|\/)(?:examples?|samples?|demos?|benchmarks?|benches|bench|tutorials?|playground|sandbox)(?:\/|$)/i;
const changeLog =
  /(?:^|\/)(?:changelog|changes|history|news|releases?|release[-_ ]?notes|migration[^/]*)(?:\.\w+)?(?:$|\/)/i;
const legacyPath = /(?:^|[/_.-])(?:legacy|compat|deprecated|obsolete|old|polyfills?|shims?)(?:[/_.-]|$)/i;

/** What a document is: its kind, its file's role. What was asked for is not held back. */
export function weigh(candidate: Candidate, index: SearchIndex, plan: QueryPlan, weights: RankingWeights): void {
  const { roles, path } = candidate.file;
  const own = kindName(index, candidate.document);
  const kind = own === 'code' && roles.includes('documentation') ? 'snippet' : own;
  const asked = (kind === 'prose' || kind === 'section') && plan.wants.documentation;
  candidate.multiply('kind', asked ? 1.1 : (weights.kinds[kind] ?? 1), kind);
  const flags = index.flags(candidate.document);
  const isTest = roles.includes('test') || (flags & (SymbolFlag.test | DocumentFlag.inTests)) !== 0;
  if (isTest) candidate.multiply('test', plan.wants.tests ? 1.1 : weights.roles.test, 'test code');
  if ((flags & DocumentFlag.nested) !== 0) candidate.multiply('nested', weights.roles.nested, 'inside a function');
  if (!plan.wants.documentation && changeLog.test(path))
    candidate.multiply('changelog', weights.roles.changelog, 'a log of changes');
  if (roles.includes('generated') || roles.includes('minified'))
    candidate.multiply('generated', weights.roles.generated, 'generated code');
  if (roles.includes('vendored')) candidate.multiply('vendored', weights.roles.vendored, 'vendored code');
  if (!isTest && !plan.wants.examples && exampleFolder.test(path))
    candidate.multiply('example', weights.roles.example, 'an example');
  if (legacyPath.test(path) || (flags & SymbolFlag.deprecated) !== 0)
    candidate.multiply('legacy', weights.roles.legacy, 'legacy code');
  if ((flags & SymbolFlag.declaration) !== 0 || roles.includes('types'))
    candidate.multiply('declaration', weights.roles.declaration, 'a declaration without a body');
}
