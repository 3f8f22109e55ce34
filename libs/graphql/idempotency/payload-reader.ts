import {
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { notFound } from '../errors/errors.js';
import { readTypename, type NodeRegistry } from '../node.js';
import type { RequestContext } from '../request-context.js';
import { RowReference } from './stored-result.js';

/** Replaces the row references of a repeated mutation's payload with rows, as the viewer sees them now. */
export class PayloadReader {
  constructor(
    private readonly ctx: RequestContext,
    private readonly nodes: NodeRegistry,
    private readonly schema: GraphQLSchema,
  ) {}

  /** @throws NOT_FOUND if a row that the payload requires no longer exists or is no longer visible */
  async read(payload: unknown, type: GraphQLOutputType): Promise<unknown> {
    const model = typeof payload === 'object' && payload !== null ? this.modelOf(payload, type) : undefined;
    if (!model) return payload;
    this.ctx.clearLoaders();
    const fields = await Promise.all(
      Object.entries(payload as object).map(async ([name, value]: [string, unknown]) => {
        const field = model.getFields()[name];
        return [name, field ? await this.readField(value, field.type) : value];
      }),
    );
    return Object.fromEntries(fields) as unknown;
  }

  private modelOf(payload: object, type: GraphQLOutputType): GraphQLObjectType | undefined {
    const named = getNamedType(type);
    if (isObjectType(named)) return named;
    const member = this.schema.getType(readTypename(payload) ?? '');
    return isObjectType(member) ? member : undefined;
  }

  private async readField(value: unknown, type: GraphQLOutputType): Promise<unknown> {
    const nullable = getNullableType(type);
    if (Array.isArray(value) && isListType(nullable)) {
      const inner = nullable.ofType;
      return Promise.all(value.map((item) => this.readField(item, inner)));
    }
    if (!(value instanceof RowReference)) return value;
    const named = getNamedType(type);
    const typename = isObjectType(named) ? named.name : value.__typename;
    if (typename === undefined) throw new Error(`A stored ${named.name} has no __typename.`);
    const found = await this.nodes.read(this.ctx, typename, value.id);
    if (found === null && isNonNullType(type)) throw notFound();
    return found;
  }
}
