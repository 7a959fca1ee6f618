import type { EsNode } from '#languages/ecmascript-tree.ts';
import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import { bareExpression, isFunctionNode, walkOwn } from '../analysis/ecmascript-nodes.ts';
import { bare, parts, walkBody } from '../analysis/python-nodes.ts';
import { defineRule, type EsFile } from '../rule.ts';

/** What may leave without saying so. */
const mayLeave =
  /(?:^|[._])(?:fail|abort|die|exit|quit|usage|skip|bail|reject|raise|throw|panic|fatal|invariant|assert|_?error|invalid)\w*\(|process\.exit|sys\.exit/i;
const onlySays = /\b(?:console|log|logger|logging|_?log|LOG|_logger|warnings?)\.\w+\(/g;

/** Where the code itself has just asked whether a name holds nothing. */
export const rule = defineRule({
  id: 'null-after-check',
  title: 'Member of what was just found to be nothing',
  reason:
    'The condition has asked whether this is None, null or undefined; here it is, and a member of it is read: AttributeError or TypeError. Turn the condition round, leave in the branch, or give it a value there.',
  category: 'bug',
  severity: 4,
  references: ['CWE-476', 'CWE-690'],
  languages: ['python', 'javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['no-unsafe-optional-chaining', 'union-attr', 'type-ignore'],
  roles: ['source'],
  ecmascript: (file) => ({
    IfStatement: (node) => {
      const name = nothingAsked(file, node.test);
      if (name === undefined) return;
      const { consequent } = node;
      const read = firstMember(file, consequent, name);
      if (read) {
        file.report(read, `\`${name}\` is nothing here: line ${file.line(node.start)} has asked.`);
        return;
      }
      // The branch neither leaves nor gives it a value: the statement behind meets it as it was.
      if (node.alternate || leaves(file, consequent) || isAssigned(file, consequent, name)) return;
      const above = file.parent(node);
      const list =
        above?.type === 'BlockStatement' || above?.type === 'Program' ? (above.body as readonly EsNode[]) : [];
      const next = list[list.indexOf(node) + 1];
      if (!next || !/^(?:Expression|Return)Statement$|^VariableDeclaration$/.test(next.type)) return;
      const behind = firstMember(file, next, name);
      if (behind)
        file.report(behind, `\`${name}\` may be nothing here: line ${file.line(node.start)} has asked, and goes on.`, {
          severity: 3,
        });
    },
  }),
  tree: {
    python: (file) => {
      const { nodes } = file;
      return {
        if_statement: (node) => {
          const condition = bare(nodes, nodes.child(node, 'condition'));
          const name = /^([a-z_]\w*)\s+is\s+None$/.exec(nodes.slice(condition))?.[1];
          if (name === undefined) return;
          const body = nodes.child(node, 'consequence');
          const read = firstAttribute(nodes, body, name);
          if (read >= 0) {
            file.report(file.at(read), `\`${name}\` is None here: line ${file.line(file.at(node).start)} has asked.`);
            return;
          }
          const hasElse = parts(nodes, node).some((part) => nodes.fieldIs(part, 'alternative'));
          if (hasElse || pythonLeaves(nodes, body) || pythonAssigns(nodes, body, name)) return;
          const next = nodes.nextNamed(node);
          if (next < 0 || !/^(?:expression|return)_statement$/.test(nodes.typeName(next))) return;
          const behind = firstAttribute(nodes, next, name);
          if (behind >= 0)
            file.report(
              file.at(behind),
              `\`${name}\` may be None here: line ${file.line(file.at(node).start)} has asked, and goes on.`,
              { severity: 3 },
            );
        },
      };
    },
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(user):\n    if user is None:\n        print(user.name)\n    return 1\n',
      good: 'def f(user):\n    if user is None:\n        user = make()\n        print(user.name)\n    return user.name\n',
    },
    {
      language: 'python',
      bad: 'def f(user, log):\n    if user is None:\n        log.warning("no user")\n    return user.name\n',
      good: 'def f(user, log):\n    if user is None:\n        log.warning("no user")\n        return None\n    return user.name\n\n\ndef g(user, parser):\n    if user is None:\n        parser.error("no user")\n    return user.name\n',
    },
    {
      language: 'javascript',
      bad: 'export function f(user) {\n  if (user == null) {\n    console.log(user.name);\n  }\n}\n',
      good: 'export function f(user) {\n  if (user == null) {\n    console.log(user?.name);\n    return undefined;\n  }\n  return user.name;\n}\n',
    },
    {
      language: 'typescript',
      bad: 'export function f(user: any) {\n  if (user === undefined) {\n    console.warn("no user");\n  }\n  return user.name;\n}\n',
      good: 'export function f(user: any) {\n  if (user === undefined) {\n    throw new Error("no user");\n  }\n  return user.name;\n}\n',
    },
  ],
});

/** The name that `name == null` and its like ask about. */
function nothingAsked(file: EsFile, test: EsNode): string | undefined {
  const asked = bareExpression(test);
  if (asked.type !== 'BinaryExpression' || !/^===?$/.test(asked.operator)) return undefined;
  const [left, right] = [bareExpression(asked.left), bareExpression(asked.right)];
  if (left.type === 'Identifier' && /^(?:null|undefined|void 0)$/.test(file.slice(right))) return left.name;
  return undefined;
}

/** A member of the name that is surely read, before anything binds the name anew. */
function firstMember(file: EsFile, node: EsNode, name: string): EsNode | undefined {
  let found: EsNode | undefined;
  let isOver = false;
  walkOwn(node, (child) => {
    if (isOver || found) return false;
    // What is read under a further condition may be guarded by it.
    if (
      /^(?:If|Switch|Try|For|ForOf|ForIn|While|DoWhile)\w*Statement$|^(?:Logical|Conditional|Chain)Expression$/.test(
        child.type,
      )
    ) {
      if (isAssigned(file, child, name)) isOver = true;
      return false;
    }
    if (isFunctionNode(child)) return false;
    if (
      child.type === 'AssignmentExpression' &&
      bareExpression(child.left).type === 'Identifier' &&
      file.slice(child.left) === name
    )
      isOver = true;
    if (
      child.type === 'MemberExpression' &&
      !child.optional &&
      child.object.type === 'Identifier' &&
      child.object.name === name
    )
      found = child;
    return undefined;
  });
  return isOver ? undefined : found;
}

function isAssigned(file: EsFile, node: EsNode, name: string): boolean {
  return new RegExp(
    `(?<![\\w$.])${name.replace(/\$/g, '\\$')}\\s*(?:=(?!=)|\\?\\?=|\\|\\|=|\\+\\+)|[\\[{,]\\s*${name.replace(/\$/g, '\\$')}\\s*[\\]},][^]*?=`,
  ).test(file.slice(node));
}

function leaves(file: EsFile, body: EsNode): boolean {
  let found = /^(?:Return|Throw|Break|Continue)Statement$/.test(body.type);
  walkOwn(body, (child) => {
    if (/^(?:Return|Throw|Break|Continue)Statement$|^(?:Await|Yield)Expression$/.test(child.type)) found = true;
  });
  return found || mayLeave.test(file.slice(body).replace(onlySays, '('));
}

function firstAttribute(nodes: SyntaxNodes, node: number, name: string): number {
  let found = -1;
  let isOver = false;
  walkBody(nodes, node, (at) => {
    if (isOver || found >= 0) return false;
    const type = nodes.typeName(at);
    if (
      /^(?:if|for|while|try|with|match)_statement$|^(?:boolean_operator|conditional_expression)$|comprehension$|^generator_expression$|^lambda$/.test(
        type,
      )
    ) {
      if (pythonAssigns(nodes, at, name)) isOver = true;
      return false;
    }
    if (type === 'assignment' && pythonAssigns(nodes, at, name)) isOver = true;
    if (type !== 'attribute' || nodes.slice(nodes.child(at, 'object')) !== name) return undefined;
    // What every object has, None has.
    if (!nodes.slice(nodes.child(at, 'attribute')).startsWith('__')) found = at;
    return undefined;
  });
  return isOver ? -1 : found;
}

function pythonAssigns(nodes: SyntaxNodes, node: number, name: string): boolean {
  return new RegExp(
    `(?<![\\w.])${name}\\s*(?:=(?!=)|:=|:[^\\n=]+=|,[^\\n=]*=(?!=))|,\\s*${name}\\s*[,=)]|\\b(?:as|for|global|nonlocal|import)\\s+${name}\\b`,
  ).test(nodes.slice(node));
}

function pythonLeaves(nodes: SyntaxNodes, body: number): boolean {
  let found = false;
  walkBody(nodes, body, (at) => {
    if (/^(?:return|raise|break|continue|assert)_statement$|^(?:await|yield)$/.test(nodes.typeName(at))) found = true;
  });
  return found || mayLeave.test(nodes.slice(body).replace(onlySays, '('));
}
