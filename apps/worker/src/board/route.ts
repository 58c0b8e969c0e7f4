/** A path as the board declares it: `/queue/:queueName`. */
export class Route {
  private readonly names: string[] = [];
  private readonly pattern: RegExp;

  constructor(path: string) {
    const pattern = path.replaceAll(/:(\w+)/g, (_all, name: string) => {
      this.names.push(name);
      return '([^/]+)';
    });
    this.pattern = new RegExp(`^${pattern}$`);
  }

  /** The parameters in a path, if it is one of these. */
  params(path: string): Record<string, string> | undefined {
    const found = this.pattern.exec(path);
    if (!found) return undefined;
    return Object.fromEntries(this.names.map((name, index) => [name, decoded(found[index + 1] ?? '')]));
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
