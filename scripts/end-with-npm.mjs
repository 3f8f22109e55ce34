/** Loaded into the API by `npm run serve`: when npm is asked to end, or killed, the API ends too and frees its port. */
import { whenNpmEnds } from './processes.mjs';

whenNpmEnds(() => process.kill(process.pid, 'SIGTERM'));
