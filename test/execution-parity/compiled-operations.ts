import { jest } from '@jest/globals';
import type { CompiledQuery } from 'graphql-jit';

type Data = Record<string, unknown>;
type Answer = Awaited<ReturnType<CompiledQuery['query']>>;

/** What compiled operations were asked in this process, and what becomes of what they answer. */
export interface Compiled {
  operations: number;
  executions: number;
  /** Replaced by tests that check whether a wrong response is noticed. */
  answer: (answer: Answer) => Answer;
}

/** Looks at the compiler's work. To be called before anything is imported that imports the service. */
export async function observeCompiledOperations(): Promise<Compiled> {
  const observed: Compiled = { operations: 0, executions: 0, answer: (answer) => answer };
  const compiler = await import('graphql-jit');
  jest.unstable_mockModule('graphql-jit', () => ({
    isCompiledQuery: compiler.isCompiledQuery,
    compileQuery: (...asked: Parameters<typeof compiler.compileQuery>) => {
      const compiled = compiler.compileQuery(...asked) as ReturnType<
        typeof compiler.compileQuery<Data, Data>
      >;
      if (!compiler.isCompiledQuery(compiled)) return compiled;
      observed.operations += 1;
      const query: CompiledQuery['query'] = async (...given) => {
        const answer = await compiled.query(...given);
        // Without data it refused to begin, and graphql-js is asked instead.
        if (answer.data !== undefined) observed.executions += 1;
        return observed.answer(answer);
      };
      return { ...compiled, query };
    },
  }));
  return observed;
}
