import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** A statement that does without row-level security. */
export interface HotRead {
  readonly file: string;
  /** Its name; of lists without one, what is written in its place. */
  readonly name: string;
  /** What can be seen of its text without running anything. */
  readonly sql: string;
}

const METHODS = new Set(['query', 'first']);
const parsed = new Map<string, ts.SourceFile>();

function sourceOf(file: string): ts.SourceFile {
  const known = parsed.get(file) ?? ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  parsed.set(file, known);
  return known;
}

/** The hot reads of a source file: named statements, and lists. */
export function hotReadsIn(file: string): HotRead[] {
  const found: HotRead[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [text, , name] = node.arguments;
      const isAsked =
        METHODS.has(node.expression.name.text) && /\btransactions$/.test(node.expression.expression.getText());
      if (isAsked && text && name) {
        found.push({ file, name: ts.isStringLiteral(name) ? name.text : name.getText(), sql: sqlOf(text, new Set()) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(sourceOf(file));
  return found;
}

/** The text of an expression, with that of every constant and function it is made of. */
function sqlOf(node: ts.Node, seen: Set<ts.Node>): string {
  if (seen.has(node)) return '';
  seen.add(node);
  const parts = [node.getText()];
  const visit = (inner: ts.Node): void => {
    const declared = ts.isPropertyAccessExpression(inner)
      ? memberOf(inner)
      : ts.isIdentifier(inner)
        ? declarationOf(inner)
        : undefined;
    if (declared) parts.push(sqlOf(declared, seen));
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return parts.join('\n');
}

/** `sql.ONE`, where `sql` is a module. */
function memberOf({ expression, name }: ts.PropertyAccessExpression): ts.Node | undefined {
  const module = ts.isIdentifier(expression) ? importOf(expression) : undefined;
  return module === undefined ? undefined : topLevel(module, name.text);
}

function declarationOf(identifier: ts.Identifier): ts.Node | undefined {
  const source = identifier.getSourceFile();
  for (let block: ts.Node = identifier; !ts.isSourceFile(block); block = block.parent) {
    if (!ts.isBlock(block)) continue;
    const local = declaredIn(block.statements, identifier.text);
    if (local) return local;
  }
  const module = importOf(identifier);
  return module ? topLevel(module, identifier.text) : topLevel(source.fileName, identifier.text);
}

/** The file that a name is imported from, when it is one of ours. */
function importOf(identifier: ts.Identifier): string | undefined {
  const source = identifier.getSourceFile();
  const declaration = source.statements.find(
    (statement): statement is ts.ImportDeclaration =>
      ts.isImportDeclaration(statement) &&
      new RegExp(`\\b${identifier.text}\\b`).test(statement.importClause?.getText() ?? ''),
  );
  if (!declaration || !ts.isStringLiteral(declaration.moduleSpecifier)) return undefined;
  const file = `${join(dirname(source.fileName), declaration.moduleSpecifier.text)}.ts`;
  return existsSync(file) ? file : undefined;
}

const topLevel = (file: string, name: string): ts.Node | undefined => declaredIn(sourceOf(file).statements, name);

function declaredIn(statements: readonly ts.Statement[], name: string): ts.Node | undefined {
  for (const statement of statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name?.text === name) return statement;
    if (!ts.isVariableStatement(statement)) continue;
    const found = statement.declarationList.declarations.find((one) => one.name.getText() === name);
    if (found?.initializer) return found.initializer;
  }
  return undefined;
}
