import { domainToASCII } from 'node:url';
import { foldAddress } from './fold.js';

/** The maximum length of an address, also with its domain in ASCII (RFC 5321, 4.5.3.1), and of a label of its domain. */
const LONGEST_ADDRESS = 254;
const LONGEST_LABEL = 63;

// As in the HTML standard, with a dot in the domain, and letters of any alphabet on both sides (RFC 6531).
const ADDRESS =
  /^(?=.{1,64}@)[\p{L}\p{M}\p{N}_.!#$%&'*+/=?^`{|}~-]+@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

const AROUND =
  /^[\p{White_Space}\p{Default_Ignorable_Code_Point}]+|[\p{White_Space}\p{Default_Ignorable_Code_Point}]+$/gu;

/**
 * An e-mail address as it is stored: without white space around it, in NFKC (full-width letters become usual ones), its case and
 * the alphabet of its domain kept.
 *
 * @returns undefined if no mail server would accept it
 */
export function readEmailAddress(text: string): string | undefined {
  const address = text.replace(AROUND, '').normalize('NFKC').replaceAll('\u3002', '.');
  return isEmailAddress(address) ? address : undefined;
}

/** Whether this is one address that a mail server would accept, written as it is stored. */
function isEmailAddress(address: string): boolean {
  if (address.length > LONGEST_ADDRESS || !ADDRESS.test(address)) return false;
  const folded = foldAddress(address);
  // If IDNA (UTS 46) normalized the domain differently, two spellings could count as two addresses.
  const domain = folded.slice(folded.lastIndexOf('@') + 1);
  return (
    folded.length <= LONGEST_ADDRESS &&
    domain.split('.').every((label) => label.length <= LONGEST_LABEL) &&
    domainToASCII(domain) === domain &&
    domainToASCII(address.slice(address.lastIndexOf('@') + 1)) === domain
  );
}
