import { get } from 'node:http';

// Exits with 0 when this container's own API is ready; made to be a Docker health check.
const port = process.env.PORT || '3000';
get(`http://127.0.0.1:${port}/ready`, { timeout: 2_000 }, (answer) => {
  answer.resume();
  if (answer.statusCode !== 200) {
    console.error(`/ready answers ${answer.statusCode}`);
    process.exitCode = 1;
  }
})
  .on('timeout', function () {
    this.destroy(new Error('no answer within 2 s'));
  })
  .on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
