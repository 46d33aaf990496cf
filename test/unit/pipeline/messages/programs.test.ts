import { describe, expect, it } from 'vitest';
import { lineReader } from '../../../../src/pipeline/formats/reader.ts';
import { Miner } from '../../../../src/pipeline/messages/miner.ts';
import { standing } from '../../../../src/pipeline/messages/template.ts';

/** Lines as such programs write them; each list is what one of their statements prints. */
const PROGRAMS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'sshd on syslog': [
    [
      'Dec 10 06:55:46 lab sshd[24200]: Invalid user webmaster from 173.234.31.186',
      'Dec 10 07:07:38 lab sshd[24206]: Invalid user 0101 from 5.188.10.180',
    ],
    [
      'Dec 10 06:55:48 lab sshd[24200]: Failed password for invalid user ann from 1.2.3.4 port 38926 ssh2',
      'Dec 10 06:56:48 lab sshd[24201]: Failed password for invalid user user7 from 1.2.3.5 port 22 ssh2',
    ],
    [
      'Dec 10 07:13:31 lab sshd[24227]: reverse mapping checking getaddrinfo for ns.acme.com [9.8.7.6] failed - POSSIBLE BREAK-IN ATTEMPT!',
      'Dec 10 07:14:31 lab sshd[24228]: reverse mapping checking getaddrinfo for 10-2-3.dyn.isp.tw [9.8.7.5] failed - POSSIBLE BREAK-IN ATTEMPT!',
      'Dec 10 07:15:31 lab sshd[24229]: reverse mapping checking getaddrinfo for vps.example.de [9.8.7.4] failed - POSSIBLE BREAK-IN ATTEMPT!',
    ],
    [
      'Dec 10 07:27:50 lab sshd[24249]: Connection closed by 112.95.230.3 [preauth]',
      'Dec 10 07:27:52 lab sshd[24251]: Connection closed by 112.95.230.4 [preauth]',
    ],
  ],
  'PAM and ftpd': [
    [
      'Jun 14 15:16:01 box sshd(pam_unix)[19939]: authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=218.188.2.4 ',
      'Jun 14 15:16:02 box sshd(pam_unix)[19937]: authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=mail.acme.org ',
    ],
    ['Jun 15 04:06:18 box su(pam_unix)[21416]: session opened for user news by (uid=0)'],
    [
      'Jun 15 04:06:19 box su(pam_unix)[21416]: session closed for user news',
      'Jun 15 04:12:42 box su(pam_unix)[22644]: session closed for user root',
    ],
    [
      'Jun 17 07:07:00 box ftpd[29504]: connection from 24.54.76.216 (24-54-76-216.adsl.example.net) at Fri Jun 17 07:07:00 2005',
      'Jul  1 08:07:00 box ftpd[29505]: connection from 24.54.76.217 (vps.example.de) at Fri Jul  1 08:07:00 2005',
    ],
    [
      'Jul  7 23:09:45 box ftpd[32283]: connection from 82.68.222.194 () at Thu Jul  7 23:09:45 2005',
      'Jul 17 23:09:46 box ftpd[32284]: connection from 82.68.222.195 () at Sun Jul 17 23:09:46 2005',
    ],
  ],
  'a proxy client': [
    [
      '[10.30 16:49:06] chrome.exe - proxy.acme.edu:5070 close, 0 bytes sent, 0 bytes received, lifetime 00:01',
      '[10.30 16:49:07] chrome.exe *64 - proxy.acme.edu:5070 close, 403 bytes sent, 426 bytes received, lifetime <1 sec',
    ],
    [
      '[10.30 16:49:08] mail.exe *64 - www.acme.com:443 close, 1190 bytes (1.16 KB) sent, 709 bytes received, lifetime 01:02:03',
      '[10.30 16:49:09] chrome.exe - www.acme.com:443 close, 2190 bytes (2.13 KB) sent, 9 bytes received, lifetime 00:03',
    ],
    [
      '[10.30 16:49:10] mail.exe - www.acme.com:443 open through proxy proxy.acme.edu:5070 HTTPS',
      '[10.30 16:49:11] chrome.exe *64 - 10.2.3.4:80 open through proxy proxy.acme.edu:5070 HTTPS',
    ],
  ],
  'a cluster that puts a header of its own before syslog': [
    [
      '- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond(pam_unix)[2915]: session closed for user root',
      '- 1131566462 2005.11.10 admin1 Nov 10 12:01:02 src@admin1 crond(pam_unix)[2916]: session closed for user root',
      '- 1131566463 2005.11.10 dn7 Nov 10 12:01:03 dn7/dn7 crond(pam_unix)[2917]: session closed for user root',
    ],
    [
      '- 1131566479 2005.11.09 dn3 Nov 9 12:01:19 dn3/dn3 ntpd[2467]: synchronized to 10.100.22.250, stratum 3',
      '- 1131566480 2005.11.09 dn731 Nov 9 12:01:20 dn731/dn731 ntpd[2468]: synchronized to 10.100.22.251, stratum 2',
    ],
  ],
  'a phone': [
    [
      '20171223-22:15:29:606|Step_LSC|30002312|onStandStepChanged 3579',
      '20171223-22:15:30:1|Step_LSC|30002312|onStandStepChanged 3580',
    ],
    ['20171223-22:15:31:1|Step_LSC|30002312|onReceive action: android.intent.action.SCREEN_ON'],
    ['20171223-22:15:32:1|Step_LSC|30002312|onReceive action: android.intent.action.SCREEN_OFF'],
    [
      '20171223-22:15:33:1|Step_LSC|30002312|setTotal=1514038440000##7007##548365##8661##12361',
      '20171223-22:15:34:1|Step_LSC|30002312|setTotal=1514038440000##7008##548365##8661',
    ],
  ],
  'servers on log4j': [
    [
      '2015-07-29 19:04:12,394 - INFO  [/10.10.34.11:3888:Listener@493] - Received connection request /10.10.34.11:45307',
      '2015-07-29 19:04:13,394 - INFO  [/10.10.34.11:3888:Listener@493] - Received connection request /10.10.34.12:45308',
    ],
    [
      '2015-10-18 18:01:55,570 INFO [main] org.acme.impl.TaskImpl: task_1445144423722_0020_m_000000 Task Transitioned from NEW to SCHEDULED',
      '2015-10-18 18:01:55,571 INFO [main] org.acme.impl.TaskImpl: task_1445144423722_0020_m_000001 Task Transitioned from NEW to SCHEDULED',
    ],
    [
      '2015-10-18 18:01:56,570 INFO [main] org.acme.impl.TaskImpl: task_1445144423722_0020_m_000000 Task Transitioned from SCHEDULED to RUNNING',
    ],
  ],
  'a web server': [
    [
      '[Sun Dec 04 04:51:09 2005] [notice] jk2_init() Found child 6725 in scoreboard slot 10',
      '[Sun Dec 04 04:51:10 2005] [notice] jk2_init() Found child 6726 in scoreboard slot 8',
    ],
    [
      '[Sun Dec 04 05:15:09 2005] [error] [client 222.166.160.184] Directory index forbidden by rule: /var/www/html/',
      '[Sun Dec 04 07:45:45 2005] [error] [client 63.13.186.196] Directory index forbidden by rule: /var/www/b/',
    ],
    ["[Sun Dec 04 04:51:52 2005] [error] jk2_init() Can't find child 1566 in scoreboard"],
  ],
};

describe('messages of programs', () => {
  it.each(Object.entries(PROGRAMS))('of %s are told apart by what prints them', (_, statements) => {
    const reader = lineReader({ timezone: 'UTC', patterns: [] });
    const mine = new Miner();
    const mined = statements.flatMap((lines, statement) =>
      lines.map((line) => {
        const carried = reader.unwrap(line, RECEIVED);
        const { message, level } = reader.read(carried?.text ?? line, RECEIVED);
        return { statement, template: mine.mine(message, level ?? carried?.level ?? null).template };
      }),
    );
    const pairs = mined.map(
      ({ statement, template }) => `${statement} ${standing(mine.templates(), template).index}`,
    );
    expect(new Set(pairs).size).toBe(statements.length);
    expect(mine.size).toBe(statements.length);
  });
});

const RECEIVED = Date.UTC(2026, 0, 5);
