/**
 * PostGraphile 5 over the views of `peers` (../views.sql), with the API's role and under its policies. As its documentation recommends for
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

/** Moments as the product gives them: to the millisecond, with Z. They come in UTC, as that is the zone of the connections below. */
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

/** `viewer { person }`: the caller, as the policies identify them. */
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
            $people.where(build.sql`${$people.alias}.id = (select app.signed_in_person())`);
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
      connectionString: process.env.DATABASE_URL ?? '',
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
server.listen(Number(process.env.PORT), '127.0.0.1');
