const fixes =
  /\b(?:fix(?:e[sd]|ing)?|bug(?:s|fix|fixes)?|hotfix|defects?|regressions?|crash(?:e[sd]|ing)?|deadlocks?|race condition|memory leaks?|segfaults?|broken|incorrect(?:ly)?|wrong(?:ly)?)\b/i;
const conventional =
  /^(fix|bugfix|hotfix|bug|feat|docs|style|refactor|perf|tests?|build|ci|chore|revert)(?:\([^)]*\))?!?:/i;
const behaviourTypes = new Set(['fix', 'bugfix', 'hotfix', 'bug']);
/** What is mended is not behaviour. */
const notBehaviour =
  /\b(?:typos?|spelling|grammar|wording|docs?|documentation|readme|changelog|comments?|docstrings?|lint(?:ing|er)?|formatting|whitespace|indentation|style|flake8|prettier|eslint|ci|workflow|merge conflicts?|copyright)\b/i;

/**
 * Whether a commit's subject says that it mends behaviour: the key-word heuristic of Mockus and Votta (2000), with
 * Conventional Commits' type taken at its word.
 */
export function isBugFix(subject: string): boolean {
  if (notBehaviour.test(subject)) return false;
  const type = conventional.exec(subject)?.[1]?.toLowerCase();
  return type === undefined ? fixes.test(subject) : behaviourTypes.has(type);
}
