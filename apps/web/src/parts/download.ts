import { CombinedGraphQLErrors } from '@apollo/client/errors';

/**
 * Saves a file of the service on the device. Not a link: the session counts only together with a header (docs/api.md).
 *
 * @throws what `problemOf` and `failureOf` understand
 */
export async function downloadFile(path: string, name: string): Promise<void> {
  const response = await fetch(path, {
    credentials: 'same-origin',
    headers: { 'mutual-session': 'cookie' },
  });
  if (!response.ok) throw new CombinedGraphQLErrors(await errorsOf(response));
  saveFile(await response.blob(), name);
}

/** Hands a file to the browser, which saves it on the device. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

async function errorsOf(response: Response): Promise<{ errors: { message: string }[] }> {
  try {
    return (await response.json()) as { errors: { message: string }[] };
  } catch {
    return { errors: [{ message: response.statusText }] };
  }
}
