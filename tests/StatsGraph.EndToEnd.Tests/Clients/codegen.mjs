// Generates types and documents from the schema and the saved queries, with the plugins of graphql-codegen and without its
// command, which would bring three hundred packages along: node codegen.mjs SCHEMA QUERIES-FOLDER OUTPUT
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';

const config = {
  useTypeImports: true,
  strictScalars: true,
  scalars: { Long: 'number', DateTime: 'string', LocalDate: 'string' },
};

const [schema, folder, output] = process.argv.slice(2);
const files = (await readdir(folder)).filter(name => name.endsWith('.graphql')).sort();
const documents = await Promise.all(files.map(async location => ({
  location,
  document: parse(await readFile(`${folder}/${location}`, 'utf8')),
})));

await writeFile(output, await codegen({
  schema: parse(await readFile(schema, 'utf8')),
  documents,
  filename: output,
  config,
  pluginMap: { typescriptOperations, typedDocumentNode },
  plugins: [{ typescriptOperations: {} }, { typedDocumentNode: {} }],
}));
