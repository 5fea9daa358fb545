// Writes the types of what the saved queries ask and are answered, made of the schema: node codegen.mjs SCHEMA QUERIES-FOLDER OUTPUT
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';

const config = {
  useTypeImports: true,
  strictScalars: true,
  skipTypename: true,
  scalars: { Long: 'number', DateTime: 'string', LocalDate: 'string' },
};

const [schema, folder, output] = process.argv.slice(2);
const files = (await readdir(folder)).filter(name => name.endsWith('.graphql')).sort();
const documents = await Promise.all(
  files.map(async location => ({
    location,
    document: parse(await readFile(`${folder}/${location}`, 'utf8')),
  })),
);

const text = await codegen({
  schema: parse(await readFile(schema, 'utf8')),
  documents,
  filename: output,
  config,
  pluginMap: { typescriptOperations },
  plugins: [{ typescriptOperations: {} }],
});
await mkdir(dirname(output), { recursive: true });
await writeFile(output, text);
