"""The reader's addresses. Those of WordPress are kept, so that an imported archive keeps every one of its own."""

from django.urls import path

from blog.reading import articles, cards, changes, contact, indexes, pages, pitching, sitemap, subscribing, views
from blog.reading.answers import page
from blog.reading.converters import register_dates
from blog.reading.feeds import pieces
from blog.reading.feeds.addresses import feed_routes

register_dates()

app_name = "reading"
urlpatterns = [
    path("", views.unless_it_asks(page(indexes.home)), name="home"),
    path("page/<int:number>/", page(indexes.home_page), name="home_page"),
    path("<year:year>/", page(indexes.year), name="year"),
    path("<year:year>/page/<int:number>/", page(indexes.year), name="year_page"),
    path("<year:year>/<two:month>/", page(indexes.month), name="month"),
    path("<year:year>/<two:month>/page/<int:number>/", page(indexes.month), name="month_page"),
    path("<year:year>/<two:month>/<two:day>/", page(indexes.day), name="day"),
    path("<year:year>/<two:month>/<two:day>/page/<int:number>/", page(indexes.day), name="day_page"),
    path("<year:year>/<two:month>/<two:day>/<slug:slug>/", page(articles.post), name="post"),
    path("<year:year>/<two:month>/<two:day>/<slug:slug>/earlier/<int:number>/", page(articles.earlier), name="earlier"),
    path(
        "<year:year>/<two:month>/<two:day>/<slug:slug>/comment-page-<int:number>/",
        page(articles.comments),
        name="comments",
    ),
    path("category/<slug:slug>/", page(indexes.category), name="category"),
    path("category/<slug:slug>/page/<int:number>/", page(indexes.category), name="category_page"),
    path("tag/<slug:slug>/", page(indexes.tag), name="tag"),
    path("tag/<slug:slug>/page/<int:number>/", page(indexes.tag), name="tag_page"),
    path("author/<slug:slug>/", page(indexes.author), name="author"),
    path("author/<slug:slug>/page/<int:number>/", page(indexes.author), name="author_page"),
    path("writers/", page(indexes.authors), name="authors"),
    path("writers/page/<int:number>/", page(indexes.authors), name="authors_page"),
    path("series/", page(indexes.series_list), name="series_list"),
    path("series/page/<int:number>/", page(indexes.series_list), name="series_list_page"),
    path("series/<slug:slug>/", page(indexes.series), name="series"),
    path("changes/", page(changes.changes), name="changes"),
    path("changes/page/<int:number>/", page(changes.changes), name="changes_page"),
    path("archive/", page(indexes.archive), name="archive"),
    *feed_routes("feed/", pieces.everything, name="feed"),
    *feed_routes("category/<slug:slug>/feed/", pieces.of_category, name="category_feed"),
    *feed_routes("tag/<slug:slug>/feed/", pieces.of_tag, name="tag_feed"),
    *feed_routes("author/<slug:slug>/feed/", pieces.of_author, name="author_feed"),
    *feed_routes("series/<slug:slug>/feed/", pieces.of_series, name="series_feed"),
    path("sitemap.xml", page(sitemap.index, content_type=sitemap.CONTENT_TYPE), name="sitemap"),
    path("sitemap-lists.xml", page(sitemap.of_lists, content_type=sitemap.CONTENT_TYPE), name="sitemap_lists"),
    path(
        "sitemap-lists-<int:number>.xml",
        page(sitemap.of_lists, content_type=sitemap.CONTENT_TYPE),
        name="sitemap_lists_more",
    ),
    path(
        "sitemap-<year:year>-<two:month>.xml",
        page(sitemap.month, content_type=sitemap.CONTENT_TYPE),
        name="sitemap_month",
    ),
    path(
        "sitemap-<year:year>-<two:month>-<int:number>.xml",
        page(sitemap.month, content_type=sitemap.CONTENT_TYPE),
        name="sitemap_month_more",
    ),
    path("cards/<int:pk>-<slug:digest>.png", page(cards.piece_card, content_type=cards.CONTENT_TYPE), name="card"),
    path("cards/blog-<slug:digest>.png", page(cards.site_card, content_type=cards.CONTENT_TYPE), name="site_card"),
    path("search/", views.search, name="search"),
    path("contribute/", page(pages.contribute), name="contribute"),
    path("contribute/pitch/", pitching.form, name="pitch_form"),
    path("contribute/pitch/sent/", page(pages.pitch_sent), name="pitch_sent"),
    path("pitch/<str:token>/", pitching.show, name="pitch"),
    path("pitch/<str:token>/<slug:act>/", pitching.act, name="pitch_act"),
    path("subscribe/", page(subscribing.everything), name="subscribe"),
    path("subscribe/ask/", subscribing.ask, name="subscribe_ask"),
    path("subscribe/sent/", page(subscribing.sent), name="subscribe_sent"),
    path("subscribe/series/<slug:slug>/", page(subscribing.series), name="subscribe_series"),
    path("subscribe/author/<slug:slug>/", page(subscribing.author), name="subscribe_author"),
    path("subscribe/category/<slug:slug>/", page(subscribing.category), name="subscribe_category"),
    path("following/<str:token>/", subscribing.manage, name="manage_subscriptions"),
    path("following/<str:token>/confirm/", subscribing.confirm, name="confirm_subscription"),
    path("following/<str:token>/end/", subscribing.end, name="end_subscription"),
    path("contact/", contact.contact, name="contact"),
    path("contact/sent/", page(pages.contact_sent), name="contact_sent"),
    path("preview/<int:pk>/", views.preview, name="preview"),
    path("preview/<int:pk>/change/", views.preview_change, name="preview_change"),
    path("preview/page/", views.preview_page, name="preview_page"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    # Last: any word may be the address of one
    path("<slug:slug>/", page(pages.plain_page), name="plain_page"),
]
