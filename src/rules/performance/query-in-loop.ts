import type { EsNode, EsNodeOf } from '#languages/ecmascript-tree.ts';
import { isFunctionNode } from '../analysis/ecmascript-nodes.ts';
import { parts } from '../analysis/python-nodes.ts';
import { defineRule, type EsFile } from '../rule.ts';

const query =
  /\.objects\.(?:get|filter|exclude|all|create|count|first|last|exists|get_or_create|update_or_create)$|^(?:session|db\.session|self\.session)\.(?:query|get|execute|scalar|scalars)$|^(?:cursor|cur|conn|connection)\.execute$/;

/** A row's own relation, asked by itself: `author.book_set.all()`, `author.books.filter(…)`. */
const relation = /^(\w+)\.(\w+_set|[a-z]\w*s)\.(?:all|filter|exclude|count|first|last|exists|order_by)$/;
/** What a query gives: rows that know their relations. */
const rows = /\.objects\.|\b(?:session|db\.session)\.(?:query|scalars|execute)\(/;
const prefetched = /prefetch_related|select_related|selectinload|joinedload|subqueryload|contains_eager/;

/** By library: Prisma, TypeORM, Sequelize, Mongoose, Knex. Only in files that name one of them. */
const libraries =
  /["'](?:@prisma\/client|typeorm|@nestjs\/typeorm|sequelize|sequelize-typescript|mongoose|knex|objection|drizzle-orm[\w/-]*)["']|\bprisma\b|\bPrismaClient\b|\bknex\b/;
const scriptQuery =
  /(?:^|\.)(?:findUnique|findUniqueOrThrow|findFirst|findFirstOrThrow|findMany|findOne|findOneBy|findOneOrFail|findOneByOrFail|findBy|findByPk|findAll|findById|findOrCreate|findAndCountAll|countBy|aggregate|groupBy|executeRaw|queryRaw)$/;
/** `knex('t').where(…)`, `db('t').select(…)`, `trx('t').first()`. */
const builder = /^(?:knex|db|trx|database|this\.knex|this\.db)\(\s*["'`]\w+["'`]\s*\)\./;

export const rule = defineRule({
  id: 'query-in-loop',
  title: 'Database asked once for each element',
  reason:
    'Each round is a round trip to the database: a hundred rows, a hundred and one queries. Ask once for all (`filter(id__in=…)`, select_related, a join, executemany) before the loop.',
  category: 'performance',
  severity: 3,
  references: ['CWE-1073', 'N+1 queries'],
  languages: ['python', 'javascript', 'jsx', 'typescript', 'tsx'],
  ecmascript: (file) => ({
    AwaitExpression: (node) => {
      if (file.role !== 'source' || !libraries.test(file.text) || /[Mm]igration|\bseed/.test(file.text.slice(0, 400)))
        return;
      const { argument } = node;
      if (argument.type !== 'CallExpression') return;
      const text = file.slice(argument);
      if (!scriptQuery.test(file.slice(argument.callee)) && !builder.test(text)) return;
      const names = elementNames(file, node);
      if (names?.some((name) => new RegExp(`(?<![\\w$.])${name.replace(/\$/g, '\\$')}\\b`).test(text)))
        file.report(argument, `One query for each \`${names.join(', ')}\`.`);
    },
  }),
  tree: {
    python: (file) => ({
      call: (node) => {
        const { nodes } = file;
        const callee = nodes.slice(nodes.child(node, 'function')).replace(/\s+/g, '');
        const [, owner] = relation.exec(callee) ?? [];
        if (owner === undefined && !query.test(callee)) return;
        // A migration or a command runs once, by somebody who waits.
        if (file.role !== 'source' || /\bmigrations\.|BaseCommand\b/.test(file.text)) return;
        for (let below = node, at = nodes.parent(node); at >= 0; below = at, at = nodes.parent(at)) {
          const type = nodes.typeName(at);
          if (type === 'function_definition' || type === 'lambda' || type === 'class_definition') return;
          if (type !== 'for_statement' || nodes.child(at, 'body') !== below) continue;
          const names = parts(nodes, at)
            .filter((part) => nodes.fieldIs(part, 'left'))
            .flatMap((part) => nodes.slice(part).match(/\w+/g) ?? []);
          const right = nodes.slice(nodes.child(at, 'right'));
          if (owner !== undefined) {
            // Only rows that a query has just given, and whose relations it did not bring along.
            const isRow = names.includes(owner) && (rows.test(right) || isQueried(right, at));
            if (isRow && !prefetched.test(file.text))
              file.report(file.at(node), `One query for each \`${owner}\`: its relation is asked by itself.`);
            return;
          }
          const given = nodes.slice(nodes.child(node, 'arguments'));
          // It depends on the element; the rounds of `for attempt in range(3)` do not count.
          if (names.some((name) => new RegExp(`\\b${name}\\b`).test(given)) && !right.startsWith('range('))
            file.report(file.at(node), `One query for each \`${names.join(', ')}\`.`);
          return;
        }

        /** `authors = Author.objects.all()` above, and nothing else binds the name. */
        function isQueried(name: string, loop: number): boolean {
          if (!/^\w+$/.test(name)) return false;
          const variable = file.python.variableOf(nodes.child(loop, 'right'));
          return (
            variable?.bindings.length === 1 &&
            rows.test(nodes.slice(nodes.child(nodes.parent(variable.bindings[0]!.node), 'right')))
          );
        }
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'def f():\n    for author in Author.objects.filter(active=True):\n        print(author.book_set.count())\n',
      good: 'def f():\n    for author in Author.objects.prefetch_related("book_set"):\n        print(author.book_set.count())\n',
    },
    {
      language: 'typescript',
      bad: 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport async function f() {\n  const users = await prisma.user.findMany();\n  for (const user of users) {\n    await prisma.post.findMany({ where: { authorId: user.id } });\n  }\n}\n',
      good: 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport async function f() {\n  const users = await prisma.user.findMany({ include: { posts: true } });\n  for (const user of users) {\n    console.log(user.posts);\n  }\n}\n',
    },
    {
      language: 'javascript',
      bad: 'const knex = require("knex")({});\nexports.f = async (ids) =>\n  Promise.all(ids.map(async (id) => {\n    const row = await knex("users").where({ id }).first();\n    return row;\n  }));\n',
      good: 'const knex = require("knex")({});\nexports.f = async (ids) => {\n  const rows = await knex("users").whereIn("id", ids);\n  return rows.map((row) => row.name);\n};\n',
    },
    {
      language: 'python',
      bad: 'def f(ids):\n    out = []\n    for i in ids:\n        out.append(Author.objects.get(pk=i))\n    return out\n',
      good: 'def f(ids):\n    found = Author.objects.filter(pk__in=ids)\n    for author in found:\n        print(author)\n    return found\n',
    },
  ],
});

/** Names of the element of the loop, or of `.map(async (x) => …)`, in which a node stands. */
function elementNames(file: EsFile, node: EsNode): string[] | undefined {
  for (let below: EsNode = node, at = file.parent(node); at; below = at, at = file.parent(at)) {
    if (at.type === 'ForOfStatement' && at.body === below) {
      const left = file.slice(at.left);
      return left.replace(/^(?:const|let|var)\s+/, '').match(/[\w$]+/g) ?? undefined;
    }
    if (!isFunctionNode(at)) continue;
    const call = file.parent(at) as EsNodeOf<'CallExpression'> | undefined;
    const isEach =
      call?.type === 'CallExpression' && /\.(?:map|forEach|flatMap|filter|reduce)$/.test(file.slice(call.callee));
    const [first] = at.params;
    return isEach && first ? (file.slice(first).match(/[\w$]+/g) ?? undefined) : undefined;
  }
  return undefined;
}
