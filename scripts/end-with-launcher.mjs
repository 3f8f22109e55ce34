/** Loaded into the API by the launcher: when the launcher is gone, even by kill -9, the API ends too and frees its port. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
