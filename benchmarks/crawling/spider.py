"""All stories of all stations by Scrapy, polite as Scrapy can be: robots.txt, one request a host at a time, spaced.

Run by the interpreter of an environment that has Scrapy: spider.py TASK, as in contestants.py. Prints one line of JSON.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import scrapy
from measure import Measure
from scrapy.crawler import CrawlerProcess
from stations import address

_LINK = re.compile(r"<link>([^<]+/news/[^<]+)</link>")


class Stories(scrapy.Spider):
    name = "stories"
    pages = 0

    def parse(self, response: Any) -> Any:
        for link in _LINK.findall(response.text):
            yield scrapy.Request(link, callback=self.story)

    def story(self, response: Any) -> None:
        self.pages += bool(response.body)


def crawl(task: dict[str, Any]) -> dict[str, Any]:
    feeds = [f"http://{address(number)}:{task['port']}/index.rss" for number in range(task["stations"])]
    process = CrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "CONCURRENT_REQUESTS": task["threads"],
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": task["delay"],
            "RANDOMIZE_DOWNLOAD_DELAY": False,
            "COOKIES_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "LOG_LEVEL": "ERROR",
        }
    )
    crawler = process.create_crawler(Stories)
    process.crawl(crawler, start_urls=feeds)
    process.start()
    return {"pages": crawler.spider.pages if crawler.spider else crawler.stats.get_value("response_received_count")}


if __name__ == "__main__":
    with Measure() as measure:
        result = crawl(json.loads(sys.argv[1]))
    print(json.dumps(result | measure.to_dict()))
