"""The feeds of comments, where WordPress has them: those of all, and those under a piece."""

from accounts import feeds
from blog.reading.converters import register_dates
from blog.reading.feeds.addresses import feed_routes

register_dates()

app_name = "comments"
urlpatterns = [
    *feed_routes("comments/feed/", feeds.everything, name="feed"),
    *feed_routes("<year:year>/<two:month>/<two:day>/<slug:slug>/feed/", feeds.of_piece, name="piece_feed"),
]
