/** What the policy of trusted types allows: this address, and nothing else. */
const ADDRESS = '/service-worker.js';

/** What `trustedTypes.createPolicy` returns, which the library of TypeScript does not know. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => string };
}

/** Lets the browser keep the files of the client on the device (build/service-worker.js), once the page has nothing else to load. */
export function keepFilesOnDevice(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const start = (): void => {
    // Without it the client works all the same, such as behind a server whose policy does not allow it.
    register().catch((error: unknown) => {
      console.info('The files of the client are not kept on this device.', error);
    });
  };
  if (document.readyState === 'complete') start();
  else window.addEventListener('load', start, { once: true });
}

async function register(): Promise<void> {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('service-worker', { createScriptURL: () => ADDRESS });
  await navigator.serviceWorker.register(policy?.createScriptURL(ADDRESS) ?? ADDRESS);
}
