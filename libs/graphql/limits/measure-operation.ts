import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import {
  countReturned,
  mergeCounted,
  once,
  ownCost,
  timesReturned,
  type CountedField,
  type Variables,
} from './cost.js';

/** The measurements of an operation, independent of the values of its variables. */
export interface Measure {
  readonly depth: number;
  readonly selections: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  readonly introspects: boolean;
  /** The most that it can cost with these variables. */
  readonly cost: (variables: Variables) => number;
  /** The cost of what it returned. */
  readonly actualCost: (data: object) => number;
}

/** One estimate of the cost: the variables, and the cost of each fragment, stored so that nested fragments do not multiply the work. */
interface Estimate {
  readonly variables: Variables;
  readonly ofFragments: Map<string, number>;
}

/** The measurements of a selection set in its place. */
interface Part {
  readonly depth: number;
  /** Fields side by side, fragments unfolded. */
  readonly width: number;
  readonly introspects: boolean;
  readonly cost: (estimate: Estimate) => number;
  /** The fields that return objects, for counting what was returned; fragments unfolded, each once. */
  readonly counted: () => readonly CountedField[];
}

const NOTHING: Part = { depth: 0, width: 0, introspects: false, cost: () => 0, counted: () => [] };

/** Measures an operation of a valid document. Each fragment is measured once, so its size is linear in the text. */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Measure {
  const root = schema.getRootType(operation.operation);
  const survey = new Survey(schema, document, operation);
  const whole = root ? survey.selectionSet(operation.selectionSet, root) : NOTHING;
  survey.directives += operation.directives?.length ?? 0;
  const { selections, aliases, directives } = survey;
  return {
    depth: whole.depth,
    rootFields: whole.width,
    introspects: whole.introspects,
    selections,
    aliases,
    directives,
    cost: (variables) => whole.cost({ variables, ofFragments: new Map() }),
    actualCost: (data) => countReturned(whole.counted(), data),
  };
}

class Survey {
  selections = 0;
  aliases = 0;
  directives = 0;
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly measured = new Map<string, Part>();
  private readonly defaults = new Map<string, ValueNode>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
    for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
      if (defaultValue) this.defaults.set(variable.name.value, defaultValue);
    }
  }

  selectionSet(set: SelectionSetNode, parent: GraphQLCompositeType): Part {
    return together(
      set.selections.map((selection) => {
        this.selections += 1;
        this.directives += selection.directives?.length ?? 0;
        switch (selection.kind) {
          case Kind.FIELD:
            return this.field(selection, parent);
          case Kind.INLINE_FRAGMENT:
            return this.selectionSet(
              selection.selectionSet,
              this.composite(selection.typeCondition?.name.value) ?? parent,
            );
          case Kind.FRAGMENT_SPREAD:
            return this.fragment(selection.name.value);
        }
      }),
    );
  }

  private fragment(name: string): Part {
    const known = this.measured.get(name);
    if (known) return known;
    // Set before its own selections are measured, so that a cycle ends here even if validation did not reject it.
    this.measured.set(name, NOTHING);
    const definition = this.fragments.get(name);
    const type = this.composite(definition?.typeCondition.name.value);
    if (!definition || !type) return NOTHING;
    this.directives += definition.directives?.length ?? 0;
    const whole = this.selectionSet(definition.selectionSet, type);
    const part: Part = {
      ...whole,
      cost: (estimate) => {
        const cost = estimate.ofFragments.get(name) ?? whole.cost(estimate);
        estimate.ofFragments.set(name, cost);
        return cost;
      },
    };
    this.measured.set(name, part);
    return part;
  }

  private field(node: FieldNode, parent: GraphQLCompositeType): Part {
    if (node.alias) this.aliases += 1;
    const field = this.definition(node.name.value, parent);
    if (!field) return { ...NOTHING, depth: 1, width: 1 };
    const type = getNamedType(field.type);
    const children =
      node.selectionSet && isCompositeType(type) ? this.selectionSet(node.selectionSet, type) : NOTHING;
    const own = ownCost(field, isCompositeType(type));
    const times = timesReturned(field, parent, (name, variables) => this.argument(node, name, variables));
    const counted: CountedField = {
      key: node.alias?.value ?? node.name.value,
      own,
      isPage: parent.name.endsWith('Connection') && isListType(getNullableType(field.type)),
      children: children.counted,
    };
    return {
      depth: 1 + children.depth,
      width: 1,
      introspects: children.introspects || field === SchemaMetaFieldDef || field === TypeMetaFieldDef,
      cost: (estimate) => own + times(estimate.variables) * children.cost(estimate),
      counted: () => (own > 0 || isCompositeType(type) ? [counted] : []),
    };
  }

  /** The value of an argument if it is a number or a list. Values of a different type are refused elsewhere. */
  private argument(node: FieldNode, name: string, variables: Variables): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (value?.kind !== Kind.VARIABLE) return plain(value);
    const given = variables[value.name.value];
    return given === undefined ? plain(this.defaults.get(value.name.value)) : given;
  }

  private definition(name: string, parent: GraphQLCompositeType): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (parent === this.schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  }

  private composite(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}

function together(parts: readonly Part[]): Part {
  return {
    depth: Math.max(0, ...parts.map(({ depth }) => depth)),
    width: parts.reduce((sum, { width }) => sum + width, 0),
    introspects: parts.some(({ introspects }) => introspects),
    cost: (estimate) => parts.reduce((sum, { cost }) => sum + cost(estimate), 0),
    counted: once(() => mergeCounted(parts.flatMap(({ counted }) => counted()))),
  };
}

function plain(value: ValueNode | undefined): unknown {
  switch (value?.kind) {
    case Kind.INT:
      return Number(value.value);
    case Kind.LIST:
      return value.values;
    default:
      return undefined;
  }
}
