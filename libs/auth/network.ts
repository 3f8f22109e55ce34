import { isIPv6 } from 'node:net';

/**
 * The network by which attempts are counted: an IPv4 address itself; of an IPv6 address the first 64 bits, because a provider assigns
 * those to one customer, who can choose the rest.
 */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return plain;
  // As URLs write it: in lower case, without dots, the longest run of zeros left out.
  const text = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [before = '', after] = text.split('::');
  const left = groups(before);
  const right = groups(after ?? '');
  const all = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  const [mapped, high = '0', low = '0'] = [all.slice(0, 6).join(':'), all[6], all[7]];
  if (mapped === '0:0:0:0:0:ffff') return [...octets(high), ...octets(low)].join('.');
  return `${all.slice(0, 4).join(':')}::/64`;
}

function groups(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

function octets(group: string): number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}
