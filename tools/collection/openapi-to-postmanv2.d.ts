/** The converter brings no types of its own. */
declare module 'openapi-to-postmanv2' {
  interface Converted {
    readonly result: boolean;
    readonly reason?: string;
    readonly output?: readonly { readonly data: object }[];
  }
  export function convert(
    input: { readonly type: 'json'; readonly data: object },
    options: Readonly<Record<string, unknown>>,
    done: (error: Error | null, converted: Converted) => void,
  ): void;
}
