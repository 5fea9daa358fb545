/** The texts of the saved documents, by name: a piece of its own, loaded when somebody wants to read one. */
export const texts: Record<string, string> = Object.fromEntries(
  Object.entries(import.meta.glob<string>('../../../../queries/*.graphql', { query: '?raw', import: 'default', eager: true })).map(
    ([path, text]) => [path.replace(/^.*\/|\.graphql$/g, ''), text],
  ),
);
