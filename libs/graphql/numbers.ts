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

/** Larger numbers lose integer precision in JSON, and the difference of two could be infinite. */
const LARGEST = 1e15;
/** For smaller numbers, a computed progress could be infinite. The function finite_number in SQL has the same limits. */
const SMALLEST = 1e-15;

export const NOT_FINITE = 'must be a finite number.';

/** A measured number: 0, or from 1e-15 to 1e15 in absolute value, so that values computed from it are finite. */
export function IsMeasuredNumber(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isMeasuredNumber',
      validator: {
        validate: isMeasuredNumber,
        defaultMessage: () => 'must be 0, or between 1e-15 and 1e15 in size.',
      },
    },
    options,
  );
}

/** Whether {@link IsMeasuredNumber} accepts it. */
export function isMeasuredNumber(value: unknown): value is number {
  return typeof value === 'number' && (value === 0 || isWithin(Math.abs(value)));
}

function isWithin(size: number): boolean {
  return size >= SMALLEST && size <= LARGEST;
}

/**
 * A validation rule that refuses numbers in a document beyond the range of floating-point numbers, as in variables. graphql-js parses
 * `1e400` in a document as infinity, which could be stored and then not be returned.
 */
export function finiteNumbersRule(context: ValidationContext): ASTVisitor {
  const check = (node: FloatValueNode | IntValueNode): void => {
    // Int has a separate check.
    if (Number.isFinite(Number(node.value)) || getNamedType(context.getInputType()) !== GraphQLFloat) return;
    context.reportError(
      new GraphQLError(NOT_FINITE, { nodes: node, extensions: { fieldCode: 'OUT_OF_RANGE' } }),
    );
  };
  return { FloatValue: check, IntValue: check };
}
