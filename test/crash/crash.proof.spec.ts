import { rounds } from '../setup/prove.js';
import { drill } from './drill.js';

describe('the crash drill', () => {
  it('loses nothing that was acknowledged, and leaves nothing half done', async () => {
    const { code, lines } = await drill('crash', String(rounds(1, 5)));
    expect(lines.at(-1)).toMatch(/^acknowledged [1-9]\d{2,} lost 0$/);
    expect(code).toBe(0);
  }, 300_000);

  it('finds losses where PostgreSQL acknowledges before it has written', async () => {
    const { code, lines } = await drill('crash', String(rounds(1, 5)), '--synchronous-commit=off');
    expect(lines.at(-1)).toMatch(/^acknowledged [1-9]\d+ lost [1-9]\d*$/);
    expect(code).toBe(0);
  }, 300_000);
});
