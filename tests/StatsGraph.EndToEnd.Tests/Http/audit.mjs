// Audits the GraphQL server at the address that is given: one line a case, its status, key, name and, where it fails, the reason.
import { auditServer } from 'graphql-http';

for (const { status, id, name, reason } of await auditServer({ url: process.argv[2] })) {
  console.log([status, id, name, ...(reason ? [reason] : [])].join(' '));
}
