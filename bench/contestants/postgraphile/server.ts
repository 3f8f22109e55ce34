/**
 * PostGraphile 5 over the views of `peers` (../views.sql), in the serving role and under the law. As its documentation has it for
 * production: library mode on node's own HTTP server, which is the fastest that grafserv serves on; the amber preset; no GraphiQL,
 * no watch mode, no explain; NODE_ENV and GRAPHILE_ENV are production; statements are prepared and parsed documents, plans and
 * JSON assembly are cached, all of which it does by itself.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { constant } from 'postgraphile/grafast';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { extendSchema, gql } from 'postgraphile/utils';

/** A moment is given to the millisecond and in UTC; the connections below run in UTC, so it is only cut. */
const DatetimePlugin: GraphileConfig.Plugin = {
  name: 'DatetimePlugin',
  schema: {
    hooks: {
      GraphQLScalarType: (config, build) =>
        config.name === build.inflection.builtin('Datetime')
          ? { ...config, serialize: (value) => `${String(value).slice(0, 23)}Z` }
          : config,
    },
  },
};

const ViewerPlugin = extendSchema((build) => {
  const { person } = build.pgResources;
  if (!person) throw new Error('The views of ../views.sql are not there.');
  return {
    typeDefs: gql`
      extend type Query {
        viewer: Viewer
      }
      type Viewer {
        person: Person
      }
    `,
    objects: {
      Query: { plans: { viewer: () => constant({}) } },
      Viewer: {
        plans: {
          person() {
            const $people = person.find();
            $people.where(build.sql`${$people}.id = (select law.self())`);
            return $people.single();
          },
        },
      },
    },
  };
});

const preset: GraphileConfig.Preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [DatetimePlugin, ViewerPlugin],
  pgServices: [
    makePgService({
      connectionString: process.env['DATABASE_URL'],
      schemas: ['peers'],
      poolConfig: { max: 10, options: '-c TimeZone=UTC' },
    }),
  ],
  grafserv: { graphiql: false, watch: false, graphqlPath: '/graphql' },
  grafast: {
    context: ({ http }) => {
      const token = http?.getHeader('authorization')?.replace(/^Bearer /, '') ?? '';
      return { pgSettings: { 'app.session': createHash('sha256').update(token).digest('hex') } };
    },
    explain: false,
  },
};

const server = createServer();
const serv = postgraphile(preset).createServ(grafserv);
await serv.addTo(server);
server.listen(Number(process.env['PORT']), '127.0.0.1');
