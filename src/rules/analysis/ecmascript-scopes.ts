/** Variables, scopes and references of a file by the language's rules; types and values share names where TypeScript lets them. */
import { eachEsChild, type EsNode, type EsNodeOf, type EsProgram } from '#languages/ecmascript-tree.ts';
import type { EsReference, EsScope, EsScopes, EsVariableKind } from './ecmascript-variables.ts';
import { ScopeRecorder } from './scope-recorder.ts';

type FunctionLike = EsNodeOf<'FunctionDeclaration'> | EsNodeOf<'ArrowFunctionExpression'>;

export function analyseEcmascriptScopes(program: EsProgram): EsScopes {
  return new Analysis(program).run();
}

class Analysis {
  readonly #program: EsProgram;
  readonly #recorder: ScopeRecorder;

  constructor(program: EsProgram) {
    this.#program = program;
    this.#recorder = new ScopeRecorder(program);
  }

  run(): EsScopes {
    for (const statement of this.#program.body) this.#visit(statement);
    return this.#recorder.finish();
  }

  get #scope(): EsScope {
    return this.#recorder.scope;
  }

  #within(node: EsNode, hoists: boolean, work: () => void): void {
    this.#recorder.within(node, hoists, work);
  }

  #declare(node: EsNode, name: string, kind: EsVariableKind, scope: EsScope): void {
    this.#recorder.declare(node, name, kind, scope);
  }

  #refer(node: EsReference['node'], use: { read?: boolean; write?: boolean; init?: boolean }): void {
    this.#recorder.refer(node, use);
  }

  #visitAll(nodes: readonly (EsNode | null | undefined)[]): void {
    for (const node of nodes) this.#maybe(node);
  }

  #maybe(node: EsNode | null | undefined): void {
    if (node) this.#visit(node);
  }

  #type(node: EsNode | null | undefined): void {
    if (!node) return;
    this.#recorder.inType++;
    this.#visit(node);
    this.#recorder.inType--;
  }

  #annotation(node: EsNode): void {
    if ('typeAnnotation' in node) this.#type(node.typeAnnotation as EsNode | null);
  }

  /** Names in a binding pattern are declared (`kind`), those of an assignment's left side are written. */
  #pattern(node: EsNode, kind: EsVariableKind | 'assign', init = false): void {
    switch (node.type) {
      case 'Identifier':
        if (kind === 'assign') this.#refer(node, { write: true });
        else {
          this.#declare(node, node.name, kind, kind === 'var' ? this.#scope.hoist : this.#scope);
          if (init) this.#refer(node, { write: true, init: true });
          this.#annotation(node);
        }
        return;
      case 'ObjectPattern':
        for (const property of node.properties) {
          if (property.type === 'RestElement') this.#pattern(property.argument, kind, init);
          else {
            if (property.computed) this.#visit(property.key);
            this.#pattern(property.value, kind, init);
          }
        }
        this.#annotation(node);
        return;
      case 'ArrayPattern':
        for (const element of node.elements) if (element) this.#pattern(element, kind, init);
        this.#annotation(node);
        return;
      case 'RestElement':
        this.#pattern(node.argument, kind, init);
        this.#annotation(node);
        return;
      case 'AssignmentPattern':
        this.#pattern(node.left, kind, true);
        this.#visit(node.right);
        return;
      case 'TSParameterProperty':
        this.#visitAll(node.decorators ?? []);
        this.#pattern(node.parameter, kind, init);
        return;
      default:
        this.#visit(node);
    }
  }

  #function(node: FunctionLike): void {
    this.#within(node, true, () => {
      if (node.type === 'FunctionExpression' && node.id) this.#declare(node.id, node.id.name, 'own-name', this.#scope);
      this.#maybe(node.typeParameters);
      for (const parameter of node.params) {
        if ('decorators' in parameter) this.#visitAll((parameter.decorators ?? []) as EsNode[]);
        this.#pattern(parameter, 'parameter');
      }
      this.#type(node.returnType);
      if (!node.body) return;
      if (node.body.type === 'BlockStatement') this.#visitAll(node.body.body);
      else this.#visit(node.body);
    });
  }

  #class(node: EsNodeOf<'ClassDeclaration'>): void {
    this.#visitAll(node.decorators);
    this.#within(node, false, () => {
      if (node.id) this.#declare(node.id, node.id.name, 'own-name', this.#scope);
      this.#maybe(node.typeParameters);
      this.#maybe(node.superClass);
      this.#type(node.superTypeArguments);
      for (const one of node.implements ?? []) this.#type(one);
      this.#visitAll(node.body.body);
    });
    // The outer declaration is what the file's other code refers to.
    if (node.type === 'ClassDeclaration' && node.id) this.#declare(node.id, node.id.name, 'class', this.#scope);
  }

  #visit(node: EsNode): void {
    switch (node.type) {
      case 'Identifier':
        this.#refer(node, { read: true });
        return;
      case 'FunctionDeclaration':
      case 'TSDeclareFunction':
        if (node.id) {
          this.#declare(node.id, node.id.name, 'function', this.#scope);
          // Outside strict mode a block's function is visible in the function around it.
          if (this.#scope !== this.#scope.hoist && !this.#scope.hoist.variables.has(node.id.name))
            this.#declare(node.id, node.id.name, 'function', this.#scope.hoist);
        }
        this.#function(node as FunctionLike);
        return;
      case 'FunctionExpression':
      case 'TSEmptyBodyFunctionExpression':
      case 'ArrowFunctionExpression':
        this.#function(node as FunctionLike);
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#class(node as EsNodeOf<'ClassDeclaration'>);
        return;
      case 'MethodDefinition':
      case 'TSAbstractMethodDefinition':
      case 'PropertyDefinition':
      case 'TSAbstractPropertyDefinition':
      case 'AccessorProperty':
      case 'TSAbstractAccessorProperty':
        this.#visitAll(node.decorators);
        if (node.computed) this.#visit(node.key);
        if ('typeAnnotation' in node) this.#type(node.typeAnnotation);
        if (node.type === 'MethodDefinition' || node.type === 'TSAbstractMethodDefinition') this.#visit(node.value);
        else if (node.value) this.#within(node, true, () => this.#visit(node.value!));
        return;
      case 'StaticBlock':
        this.#within(node, true, () => this.#visitAll(node.body));
        return;
      case 'VariableDeclaration':
        for (const declarator of node.declarations) {
          this.#pattern(declarator.id, kindOf(node), declarator.init !== null);
          this.#maybe(declarator.init);
        }
        return;
      case 'BlockStatement':
        this.#within(node, false, () => this.#visitAll(node.body));
        return;
      case 'SwitchStatement':
        this.#visit(node.discriminant);
        this.#within(node, false, () => this.#visitAll(node.cases));
        return;
      case 'ForStatement':
        this.#within(node, false, () => this.#visitAll([node.init, node.test, node.update, node.body]));
        return;
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#within(node, false, () => {
          if (node.left.type === 'VariableDeclaration') {
            for (const { id } of node.left.declarations) this.#pattern(id, kindOf(node.left), true);
          } else this.#pattern(node.left, 'assign');
          this.#visit(node.right);
          this.#visit(node.body);
        });
        return;
      case 'CatchClause':
        this.#within(node, false, () => {
          if (node.param) this.#pattern(node.param, 'catch', true);
          this.#visitAll(node.body.body);
        });
        return;
      case 'WithStatement':
        this.#visit(node.object);
        this.#within(node, false, () => {
          this.#scope.isDynamic = true;
          this.#visit(node.body);
        });
        return;
      case 'AssignmentExpression':
        this.#assignment(node);
        return;
      case 'UpdateExpression':
        if (node.argument.type === 'Identifier') this.#refer(node.argument, { read: true, write: true });
        else this.#visit(node.argument);
        return;
      case 'CallExpression':
        if (node.callee.type === 'Identifier' && node.callee.name === 'eval')
          for (let at: EsScope | undefined = this.#scope; at; at = at.parent) at.isDynamic = true;
        break;
      case 'MemberExpression':
        this.#visit(node.object);
        if (node.computed) this.#visit(node.property);
        return;
      case 'Property':
        if (node.computed) this.#visit(node.key);
        this.#visit(node.value);
        return;
      case 'LabeledStatement':
        this.#visit(node.body);
        return;
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'MetaProperty':
        return;
      default:
        this.#visitRest(node);
        return;
    }
    eachEsChild(node, (child) => this.#visit(child));
  }

  #assignment(node: EsNodeOf<'AssignmentExpression'>): void {
    if (node.left.type === 'Identifier') this.#refer(node.left, { write: true, read: node.operator !== '=' });
    else this.#pattern(node.left, 'assign');
    this.#visit(node.right);
  }

  /** Modules, JSX and TypeScript. */
  #visitRest(node: EsNode): void {
    switch (node.type) {
      case 'ImportDeclaration':
        for (const specifier of node.specifiers)
          this.#declare(specifier.local, specifier.local.name, 'import', this.#scope);
        return;
      case 'ExportNamedDeclaration':
        this.#maybe(node.declaration);
        if (!node.source)
          for (const { local } of node.specifiers) if (local.type === 'Identifier') this.#refer(local, { read: true });
        return;
      case 'ExportAllDeclaration':
        return;
      case 'JSXOpeningElement':
        this.#jsxName(node.name);
        this.#visitAll(node.attributes);
        this.#type(node.typeArguments);
        return;
      case 'JSXClosingElement':
      case 'JSXNamespacedName':
      case 'JSXIdentifier':
        return;
      case 'JSXAttribute':
        this.#maybe(node.value);
        return;
      case 'TSEnumDeclaration':
        this.#declare(node.id, node.id.name, 'enum', this.#scope);
        this.#within(node, false, () => {
          for (const member of node.body.members) {
            if (member.id.type === 'Identifier') this.#declare(member.id, member.id.name, 'const', this.#scope);
            this.#maybe(member.initializer);
          }
        });
        return;
      case 'TSModuleDeclaration':
        if (node.id.type === 'Identifier') this.#declare(node.id, node.id.name, 'namespace', this.#scope);
        if (node.body) this.#within(node, true, () => this.#visit(node.body!));
        return;
      case 'TSModuleBlock':
        this.#visitAll(node.body);
        return;
      case 'TSImportEqualsDeclaration':
        this.#declare(node.id, node.id.name, 'import', this.#scope);
        this.#visit(node.moduleReference);
        return;
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        this.#declare(node.id, node.id.name, 'type', this.#scope);
        this.#recorder.inType++;
        this.#within(node, false, () => {
          eachEsChild(node, (child) => {
            if (child !== (node.id as EsNode)) this.#visit(child);
          });
        });
        this.#recorder.inType--;
        return;
      case 'TSTypeParameter':
        this.#declare(node.name, node.name.name, 'type', this.#scope);
        this.#type(node.constraint);
        this.#type(node.default);
        return;
      case 'TSMappedType':
      case 'TSFunctionType':
      case 'TSConstructorType':
      case 'TSConditionalType':
      case 'TSMethodSignature':
      case 'TSCallSignatureDeclaration':
      case 'TSConstructSignatureDeclaration':
        this.#typeWithNames(node);
        return;
      case 'TSPropertySignature':
        if (node.computed) this.#visit(node.key);
        this.#type(node.typeAnnotation);
        return;
      case 'TSNamedTupleMember':
        this.#type(node.elementType);
        return;
      case 'TSTypePredicate':
      case 'TSIndexSignature':
        this.#type(node.typeAnnotation);
        return;
      case 'TSQualifiedName':
        this.#visit(node.left);
        return;
      case 'TSImportType':
        this.#type(node.typeArguments);
        return;
      case 'TSTypeAnnotation':
      case 'TSTypeReference':
      case 'TSTypeQuery':
      case 'TSTypeParameterInstantiation':
      case 'TSInterfaceHeritage':
      case 'TSClassImplements':
        this.#recorder.inType++;
        eachEsChild(node, (child) => this.#visit(child));
        this.#recorder.inType--;
        return;
      default:
        eachEsChild(node, (child) => this.#visit(child));
    }
  }

  #typeWithNames(node: EsNode): void {
    this.#recorder.inType++;
    this.#within(node, false, () => {
      if (node.type === 'TSMappedType') this.#declare(node.key, node.key.name, 'type', this.#scope);
      const parameters = 'params' in node ? (node.params as readonly EsNode[]) : [];
      eachEsChild(node, (child) => {
        if (parameters.includes(child)) this.#pattern(child, 'parameter');
        else if (node.type === 'TSMappedType' && child === (node.key as EsNode)) return;
        else if (node.type === 'TSMethodSignature' && child === (node.key as EsNode) && !node.computed) return;
        else this.#visit(child);
      });
    });
    this.#recorder.inType--;
  }

  /** `<Part />` and `<Part.Inner />` use a variable; `<div />` does not. */
  #jsxName(name: EsNode): void {
    if (name.type === 'JSXMemberExpression') this.#jsxName(name.object);
    else if (name.type === 'JSXIdentifier' && /^[^a-z]/.test(name.name)) this.#refer(name, { read: true });
    else if (name.type === 'Identifier') this.#refer(name, { read: true });
  }
}

function kindOf({ kind }: EsNodeOf<'VariableDeclaration'>): 'var' | 'let' | 'const' {
  return kind === 'var' || kind === 'let' ? kind : 'const';
}
