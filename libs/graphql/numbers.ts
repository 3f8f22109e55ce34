import {
  getNamedType,
  GraphQLError,
  GraphQLFloat,
  type ASTVisitor,
  type FloatValueNode,
  type IntValueNode,
  type ValidationContext,
} from 'graphql';
import { ValidateBy, type ValidationOptions } from 'class-validator';

/** Beyond this a number in JSON loses its ones, and the way between two numbers could be infinite. */
const LARGEST = 1e15;
/** Closer to nought a share of the way could be. The function finite_number in SQL is the same. */
const SMALLEST = 1e-15;

export const NOT_FINITE = 'must be a finite number.';

/** A number that is measured: 0, or between 1e-15 and 1e15 in size. What is computed from such numbers is finite. */
export function IsMeasuredNumber(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isMeasuredNumber',
      validator: {
        validate: (value) => typeof value === 'number' && (value === 0 || isWithin(Math.abs(value))),
        defaultMessage: () => 'must be 0, or between 1e-15 and 1e15 in size.',
      },
    },
    options,
  );
}

function isWithin(size: number): boolean {
  return size >= SMALLEST && size <= LARGEST;
}

/**
 * A validation rule: a number in a document that no floating-point number can hold is refused, as one in the variables is.
 * graphql-js reads `1e400` in a document as infinity, which is stored, and cannot be answered afterwards.
 */
export function finiteNumbersRule(context: ValidationContext): ASTVisitor {
  const check = (node: FloatValueNode | IntValueNode): void => {
    // An Int checks its own.
    if (Number.isFinite(Number(node.value)) || getNamedType(context.getInputType()) !== GraphQLFloat) return;
    context.reportError(
      new GraphQLError(NOT_FINITE, { nodes: node, extensions: { fieldCode: 'OUT_OF_RANGE' } }),
    );
  };
  return { FloatValue: check, IntValue: check };
}
